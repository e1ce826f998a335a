package dev.notecast.media.webrtc;

import dev.notecast.media.path.PathName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The sessions of a server by the secret id that opens each, and why others have ended that were ended on purpose. Any
 * thread.
 */
final class Sessions {
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Dismissals dismissals = new Dismissals();

    void add(String id, Session session) {
        sessions.put(id, session);
    }

    Optional<Session> remove(String id) {
        return Optional.ofNullable(sessions.remove(id));
    }

    /** Whoever asks for the session later is told this reason. */
    void dismiss(String id, String reason) {
        dismissals.add(id, reason);
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** @throws SignalingException {@code DISMISSED} or {@code UNKNOWN_SESSION} where there is none of this id */
    Session require(String id) {
        Session session = sessions.get(id);
        if (session == null) {
            throw dismissals
                    .reason(id)
                    .map(reason -> new SignalingException(SignalingException.Kind.DISMISSED, reason))
                    .orElseGet(() -> new SignalingException(
                            SignalingException.Kind.UNKNOWN_SESSION, "no such session: it has ended"));
        }
        return session;
    }

    int size() {
        return sessions.size();
    }

    List<String> ids() {
        return List.copyOf(sessions.keySet());
    }

    List<Session> all() {
        return List.copyOf(sessions.values());
    }

    List<Session> of(PathName path) {
        return sessions.values().stream()
                .filter(session -> session.path().equals(path))
                .toList();
    }

    /** Those that tables show under these names, in this order. */
    List<Session> shownAs(List<String> shortIds) {
        Map<String, Session> named = sessions.values().stream()
                .collect(Collectors.toMap(Session::shortId, each -> each, (one, other) -> one));
        return shortIds.stream().map(named::get).filter(Objects::nonNull).toList();
    }

    /** The id of the one session that tables show under this name; empty when there is none, or more than one. */
    Optional<String> idShownAs(String shortId) {
        List<String> ids = sessions.entrySet().stream()
                .filter(entry -> entry.getValue().shortId().equals(shortId))
                .map(Map.Entry::getKey)
                .toList();
        return ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
    }
}
