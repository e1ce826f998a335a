package dev.notecast.server.tunnel.ngrok;

import dev.notecast.server.tunnel.TunnelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why ngrok does not work, in one line. Its error codes are listed at ngrok.com/docs/errors. */
final class NgrokFailure {
    private static final Pattern CODE = Pattern.compile("ERR_NGROK_[0-9]+");
    private static final int MAX_QUOTED = 200; // characters of its own words

    private NgrokFailure() {}

    static TunnelException explain(Throwable e, String token) {
        Throwable root = e; // the API wraps what it did not expect
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof LinkageError || cause instanceof ClassNotFoundException) {
                return TunnelException.lasting("ngrok's native library is not installed: add"
                        + " com.ngrok:ngrok-java-native for this system to the class path, or take cloudflared or ssh");
            }
        }
        String said =
                String.valueOf(root.getMessage()).replace(token, "<token>").replaceAll("\\p{Cntrl}+", " ");
        Matcher code = CODE.matcher(said);
        return switch (code.find() ? code.group() : "") {
            case "ERR_NGROK_105", "ERR_NGROK_106", "ERR_NGROK_107" ->
                TunnelException.lasting("ngrok refuses the token: it is mistyped or was revoked; copy it again from"
                        + " dashboard.ngrok.com");
            case "ERR_NGROK_108" ->
                TunnelException.passing(
                        "ngrok allows this account no further session: end the other one, or its agent");
            case "ERR_NGROK_334" ->
                TunnelException.passing("the name is in use by another tunnel of this account: end that one first");
            case "ERR_NGROK_8013" ->
                TunnelException.lasting("ngrok gives TCP addresses only to accounts with a card: leave out"
                        + " --remote-tcp-port, or add one at dashboard.ngrok.com");
            default ->
                TunnelException.passing("ngrok does not work: "
                        + (said.length() > MAX_QUOTED ? said.substring(0, MAX_QUOTED) + "…" : said));
        };
    }
}
