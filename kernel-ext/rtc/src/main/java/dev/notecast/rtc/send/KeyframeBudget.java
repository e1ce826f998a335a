package dev.notecast.rtc.send;

import java.time.Duration;

/**
 * How often one receiver may have a keyframe made, which every other receiver of the stream pays for: a few at once,
 * then one in several seconds. What it may not have yet is remembered. One thread at a time.
 */
public final class KeyframeBudget {
    public static final int MAX_AT_ONCE = 4; // a network that comes back breaks several pictures

    public static final long INTERVAL_NANOS = Duration.ofSeconds(4).toNanos();

    private boolean began;
    private long paidUntilNanos; // how far ahead of time its keyframes have brought it
    private boolean wanted;
    private boolean onItsWay; // paid for, and asked for again at no price until it comes

    /** The receiver asks. @return whether to ask the publisher now */
    public boolean request(long nowNanos) {
        wanted = true;
        return due(nowNanos);
    }

    /** Called as time goes by. @return whether to ask the publisher now for what had to wait */
    public boolean due(long nowNanos) {
        if (!wanted || !onItsWay && !pay(nowNanos)) {
            return false;
        }
        wanted = false;
        onItsWay = true;
        return true;
    }

    /** The receiver is sent a keyframe, whoever asked for it: it wants no other one. */
    public void keyframeSent() {
        wanted = false;
        onItsWay = false;
    }

    private boolean pay(long nowNanos) {
        long fromNanos = began && paidUntilNanos - nowNanos > 0 ? paidUntilNanos : nowNanos;
        if (fromNanos - nowNanos > (MAX_AT_ONCE - 1) * INTERVAL_NANOS) {
            return false;
        }
        began = true;
        paidUntilNanos = fromNanos + INTERVAL_NANOS;
        return true;
    }
}
