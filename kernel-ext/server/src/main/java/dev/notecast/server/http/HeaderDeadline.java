package dev.notecast.server.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;

/**
 * Ends connections whose request has begun but does not come to the end of its headers: a byte now and then keeps an idle
 * timeout from running out, and enough of such clients would take every connection there is. One thread.
 */
final class HeaderDeadline {
    /** What a connection had done when no request was under way; {@code begunNanos} is 0 while nothing has come since. */
    private record Seen(long requests, long bytes, long begunNanos) {}

    private final long deadlineNanos;
    private Map<EndPoint, Seen> connections = new HashMap<>();

    HeaderDeadline(Duration deadline) {
        deadlineNanos = deadline.toNanos();
    }

    /** Looks at every connection, to be called several times within the deadline. */
    void look(Iterable<? extends Connector> connectors, long nowNanos) {
        Map<EndPoint, Seen> now = new HashMap<>();
        for (Connector connector : connectors) {
            for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                Connection connection = endPoint.getConnection();
                if (connection == null) {
                    continue;
                }
                Seen seen = seen(connection, connections.getOrDefault(endPoint, new Seen(0, 0, 0)), nowNanos);
                if (seen.begunNanos() != 0 && nowNanos - seen.begunNanos() > deadlineNanos) {
                    endPoint.close();
                } else {
                    now.put(endPoint, seen);
                }
            }
        }
        connections = now;
    }

    private static Seen seen(Connection connection, Seen before, long nowNanos) {
        long requests = connection.getMessagesIn();
        boolean underWay = requests != connection.getMessagesOut();
        if (underWay || requests != before.requests()) {
            return new Seen(requests, connection.getBytesIn(), 0);
        }
        boolean begun = before.begunNanos() == 0 && connection.getBytesIn() > before.bytes();
        return begun ? new Seen(requests, before.bytes(), nowNanos) : before;
    }
}
