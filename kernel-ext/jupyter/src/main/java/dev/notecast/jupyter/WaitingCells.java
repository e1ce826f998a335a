package dev.notecast.jupyter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Which cells are dropped after one has failed. JupyterLab sends all cells of "Run All" at once and leaves it to the
 * kernel to drop the rest, which these kernels do not do. A cell that was sent before the failure could be known is
 * dropped; one that was sent later is meant. Both times are read from the page's own clock, whatever it shows.
 */
public final class WaitingCells {
    private static final Failure NONE = new Failure("", Instant.MIN);
    private static final Duration LONGEST_UNSEEN = Duration.ofSeconds(2); // in which clocks are believed to agree

    private volatile Failure failure = NONE;

    private record Failure(String session, Instant known) {}

    /**
     * A cell has failed.
     *
     * @param session of the page that sent the cell
     * @param sent when, in ISO 8601, by the page's clock
     * @param now by this machine's clock
     * @param took how long what failed ran; the cell may have run longer, which shows only if the clocks agree
     */
    public void failed(String session, String sent, Instant now, Duration took) {
        failure = parse(sent)
                .map(start -> new Failure(session, start.plus(longer(took, sinceSent(start, now)))))
                .orElse(NONE);
    }

    private static Duration sinceSent(Instant start, Instant now) {
        Duration passed = Duration.between(start, now);
        return passed.compareTo(LONGEST_UNSEEN) < 0 ? passed : LONGEST_UNSEEN;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whether a cell has been waiting behind the one that failed. */
    public boolean drops(String session, String sent) {
        Failure last = failure;
        return last.session().equals(session)
                && parse(sent).filter(time -> time.isBefore(last.known())).isPresent();
    }

    private static Optional<Instant> parse(String time) {
        try {
            return Optional.of(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
