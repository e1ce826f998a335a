package dev.notecast.server;

import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.server.http.MediaApi;
import java.util.List;
import java.util.stream.Collectors;

/** Ends a session by the name that tables show. */
public final class SessionKick {
    private static final int MAX_NAMED = 10; // in an error's one line

    private SessionKick() {}

    /**
     * @param shownId the name or its first characters
     * @throws NotecastException with one line when it is nobody's or not one session's alone
     */
    public static SessionInfo end(MediaApi media, String shownId) {
        List<SessionInfo> all = media.sessions();
        List<SessionInfo> named = all.stream()
                .filter(session -> !shownId.isEmpty() && session.shortId().startsWith(shownId))
                .toList();
        if (named.size() > 1) {
            throw new NotecastException("more than one session is called '" + shownId + "': " + describe(named));
        }
        if (named.isEmpty() || !media.kick(named.getFirst().shortId())) {
            throw new NotecastException("no session is called '" + shownId + "': "
                    + (all.isEmpty() ? "there is none at all" : "there is " + describe(all)));
        }
        return named.getFirst();
    }

    private static String describe(List<SessionInfo> sessions) {
        String some = sessions.stream()
                .limit(MAX_NAMED)
                .map(each ->
                        each.shortId() + " (" + (each.publisher() ? "publishes" : "watches") + " " + each.path() + ")")
                .collect(Collectors.joining(", "));
        int more = sessions.size() - MAX_NAMED;
        return more > 0 ? some + " and " + more + " more" : some;
    }
}
