package dev.notecast.server.conformance;

import dev.notecast.media.webrtc.SignalingException;
import dev.notecast.server.conformance.Result.Verdict;
import java.io.UncheckedIOException;
import java.util.Optional;

/** One thing a server has to do, and how to find out. */
record Rule(Side side, String name, String section, Level level, Check check) {
    /** Asks the server. */
    @FunctionalInterface
    interface Check {
        /** Gives what was seen when the rule is kept; throws {@link Broken} or {@link NotAsked}. */
        String seen();
    }

    /** The rule is not kept; the message says why in a line. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String why) {
            super(why, null, false, false);
        }
    }

    /** There was no way to ask; the message says why in a line. */
    static final class NotAsked extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotAsked(String why) {
            super(why, null, false, false);
        }
    }

    static void require(boolean kept, String otherwise) {
        if (!kept) {
            throw new Broken(otherwise);
        }
    }

    static <T> T present(Optional<T> value, String otherwise) {
        return value.orElseThrow(() -> new Broken(otherwise));
    }

    Result ask() {
        try {
            return result(Verdict.PASS, check.seen());
        } catch (Broken | SignalingException e) {
            return result(Verdict.FAIL, e.getMessage());
        } catch (NotAsked e) {
            return result(Verdict.SKIP, e.getMessage());
        } catch (UncheckedIOException e) {
            String cause = e.getCause().getMessage();
            return result(Verdict.FAIL, e.getMessage() + (cause == null ? "" : ": " + cause));
        } catch (RuntimeException e) {
            return result(Verdict.FAIL, "the check itself failed: " + e); // a defect here, not the server's
        }
    }

    private Result result(Verdict verdict, String detail) {
        return new Result(
                side, name, section, level, verdict, detail.lines().findFirst().orElse(""));
    }
}
