package dev.notecast.rtc.ice;

import dev.notecast.rtc.ice.CandidatePair.State;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A check of the peer's arrived, so the way is open: it is checked from here at once (RFC 8445 §7.3.1.4). */
final class TriggeredChecks {
    private final CheckList list;
    private final Checks checks;
    private final Selection selection;

    TriggeredChecks(CheckList list, Checks checks, Selection selection) {
        this.list = list;
        this.checks = checks;
        this.selection = selection;
    }

    /**
     * @param priority that the peer's check gave its candidate, should it be a new one
     * @param nominated whether the peer, which controls, wants this pair used
     */
    void begin(Base base, InetSocketAddress remote, long priority, boolean nominated, long nowNanos) {
        CandidatePair pair = pairFor(base, remote, priority);
        boolean works = pair.state == State.SUCCEEDED;
        if (works && (!nominated || pair == selection.pair())) {
            return;
        }
        if (works && Consent.isFresh(pair.answeredAtNanos, nowNanos)) {
            selection.nominated(pair, nowNanos);
            return;
        }
        pair.nominateOnSuccess |= nominated;
        if (pair.state == State.IN_PROGRESS) {
            checks.hurry(pair, nowNanos); // has the effect of the RFC's new transaction
        } else {
            checks.start(pair, Check.Purpose.CONNECTIVITY, nowNanos);
        }
    }

    private CandidatePair pairFor(Base base, InetSocketAddress remote, long priority) {
        Optional<CandidatePair> known = list.pair(base, remote);
        if (known.isPresent()) {
            return known.get();
        }
        list.surplus(selection.pair()).ifPresent(selection::discard);
        return list.learn(base, remote, priority);
    }
}
