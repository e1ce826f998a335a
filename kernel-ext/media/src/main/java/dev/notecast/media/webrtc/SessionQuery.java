package dev.notecast.media.webrtc;

import dev.notecast.media.stats.SessionStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks sessions on their loops how they do. */
final class SessionQuery {
    private static final Duration DEADLINE = Duration.ofMillis(500);

    private SessionQuery() {}

    /** All at once; of one whose loop does not answer in time only what is known without. */
    static List<SessionStatistics> ask(Collection<Session> those) {
        long deadlineNanos = System.nanoTime() + DEADLINE.toNanos();
        Map<Session, CompletableFuture<SessionStatistics>> asked = new LinkedHashMap<>();
        those.forEach(session -> asked.put(session, session.statistics()));
        List<SessionStatistics> answers = new ArrayList<>();
        asked.forEach((session, answer) -> {
            try {
                long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
                answers.add(answer.get(leftNanos, TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answers.add(session.briefStatistics());
            } catch (ExecutionException | TimeoutException e) {
                answers.add(session.briefStatistics());
            }
        });
        return answers;
    }
}
