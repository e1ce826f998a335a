package dev.notecast.rtc.stun;

import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks one STUN server over UDP for our address as it sees it (RFC 8489 §3, RFC 8445 §5.1.1.2), again and again: that
 * also keeps the NAT's mapping (§5.1.1.4), and tells when it has changed. Opens no socket, reads no clock; not thread
 * safe. Call {@link #tick} no later than {@link #nextTimeoutNanos} and send what it gives.
 */
public final class BindingClient {
    private static final long KEEP_ALIVE_NANOS = Duration.ofSeconds(15).toNanos(); // Tr, RFC 8445 §14.3
    private static final long RTO_NANOS = Duration.ofMillis(500).toNanos(); // RFC 8489 §6.2.1
    private static final int MAX_SENDS = 7; // Rc
    private static final int LAST_WAIT = 16; // Rm, in RTOs

    private final RandomGenerator random;
    private TransactionId id; // of the request under way, null between two
    private byte[] request;
    private int sends;
    private long sentAtNanos;
    private long dueNanos;
    private InetSocketAddress mapped;
    private Duration roundTrip = Duration.ZERO;
    private String problem;

    public BindingClient(RandomGenerator random, long nowNanos) {
        this.random = random;
        this.dueNanos = nowNanos;
    }

    /** The datagram to send to the server now, null when none is due; the receiver's. */
    public byte[] tick(long nowNanos) {
        if (nowNanos - dueNanos < 0) {
            return null;
        }
        if (id != null && sends >= MAX_SENDS) {
            mapped = null;
            problem = "no answer";
            id = null;
            dueNanos = nowNanos + KEEP_ALIVE_NANOS;
            return null;
        }
        if (id == null) {
            id = TransactionId.random(random);
            request = StunWriter.write(StunMessage.binding(StunClass.REQUEST, id));
            sends = 0;
        }
        sends++;
        sentAtNanos = nowNanos;
        dueNanos = nowNanos + (sends == MAX_SENDS ? LAST_WAIT * RTO_NANOS : RTO_NANOS << (sends - 1));
        return request.clone();
    }

    /** Takes a message of the server's; anything but the answer that is waited for is dropped. */
    public void receive(StunPacket packet, long nowNanos) {
        StunMessage message = packet.message();
        if (!message.id().equals(id) || message.method() != StunMessage.BINDING) {
            return;
        }
        if (message.messageClass() == StunClass.SUCCESS) {
            mapped = message.attribute(XorMappedAddress.class)
                    .map(XorMappedAddress::address)
                    .orElse(null);
            problem = mapped == null ? "an answer without an address" : null;
        } else if (message.messageClass() == StunClass.ERROR) {
            mapped = null;
            problem = message.attribute(StunAttribute.ErrorCode.class)
                    .map(error -> error.code() + " " + error.reason())
                    .orElse("an error without a code");
        } else {
            return;
        }
        roundTrip = sends == 1 ? Duration.ofNanos(nowNanos - sentAtNanos) : roundTrip;
        id = null;
        dueNanos = nowNanos + KEEP_ALIVE_NANOS;
    }

    /** When to call {@link #tick} at the latest. */
    public long nextTimeoutNanos() {
        return dueNanos;
    }

    /** Our address as the server sees it, empty while it is not known. */
    public Optional<InetSocketAddress> mapped() {
        return Optional.ofNullable(mapped);
    }

    /** Of the last request that was answered at once, zero before there was one. */
    public Duration roundTrip() {
        return roundTrip;
    }

    /** What went wrong the last time, for example {@code no answer}; empty when nothing did. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
