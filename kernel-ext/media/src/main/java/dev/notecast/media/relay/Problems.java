package dev.notecast.media.relay;

import dev.notecast.rtc.turn.TurnFailure;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says in one line what is wrong with a server, and what to do. */
final class Problems {
    private Problems() {}

    static String unknownHost(IceServer server) {
        return server.uri() + ": no such host as '" + server.host() + "': check how it is written, and the network";
    }

    static String expired(TurnServer server) {
        return server.uri() + ": the credential has expired, so nothing new is given: fetch a new one";
    }

    static String port53(IceServer server) {
        return server.uri() + ": browsers refuse port 53, so it works for this side only: take another port";
    }

    static String stun(StunServer server, String problem) {
        return server.uri() + ": " + problem + ": the host is down or is no STUN server, or a firewall drops UDP";
    }

    static String turn(TurnServer server, TurnFailure failure, Throwable cause, boolean answersBinding) {
        return server.uri() + ": "
                + (cause == null ? answered(server, failure, answersBinding) : broken(server, cause));
    }

    private static String answered(TurnServer server, TurnFailure failure, boolean answersBinding) {
        String code = failure.code() == 0 ? "" : " (" + failure.code() + " " + failure.reason() + ")";
        return switch (failure.kind()) {
            case TIMEOUT -> {
                if (answersBinding) {
                    yield "it answers STUN but no TURN: write it as stun:, or ask for a TURN server";
                }
                yield server.transport() == TurnTransport.UDP
                        ? "no answer: the host is down, the port is another, or a firewall drops UDP; "
                                + "try ?transport=tcp or turns:"
                        : "no answer: the host is down or is no TURN server";
            }
            case WRONG_CREDENTIALS ->
                server.isExpired()
                        ? "the credential has expired" + code + ": fetch a new one"
                        : "user name or password is wrong" + code
                                + ": copy both again; one with a time in it may have ended";
            case NOT_TURN ->
                "it is no TURN server, perhaps only STUN" + code + ": write it as stun:, or ask for a TURN server";
            case QUOTA ->
                "this user has all the allocations it may have" + code + ": stop other users or take another one";
            case BUSY -> "the server is full or has a problem" + code + ": it is tried again";
            case REFUSED -> "the server does not give what we need" + code + ": take another one";
            case MISMATCH -> "the server remembers an older connection" + code + ": it is tried again";
            case REDIRECTED -> "the server sends us from one to another: take another one";
            case LOST -> "the allocation is gone, " + failure.reason() + code + ": it is tried again";
        };
    }

    private static String broken(TurnServer server, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertificateExpiredException) {
                return "its certificate has expired: tell its owner";
            }
            if (each instanceof CertificateException && text(each).contains("name")) {
                return "its certificate is for another host than '" + server.host()
                        + "': use the name that the certificate has";
            }
            if (text(each).contains("pkix path")) {
                return "its certificate is not signed by anybody we trust: take one of a known authority";
            }
            if (text(each).contains("not an ssl/tls record") || text(each).contains("unsupported or unrecognized")) {
                return "it speaks no TLS on this port: use turn: instead of turns:, or another port";
            }
        }
        if (cause instanceof ConnectTimeoutException || text(cause).contains("timed out")) {
            return "no answer: the host is down, or a firewall drops " + name(server);
        }
        if (cause instanceof SSLException) {
            return "TLS failed, " + cause.getMessage();
        }
        if (cause instanceof NoRouteToHostException || text(cause).contains("unreachable")) {
            return "no way leads to this host: check the address, and the network";
        }
        return cause instanceof ConnectException || text(cause).contains("refused")
                ? "nothing listens on this port: check the port, and whether it takes " + name(server)
                : "the connection failed, " + cause.getMessage();
    }

    private static String name(TurnServer server) {
        return server.transport() == TurnTransport.UDP ? "UDP" : "TCP";
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
    }
}
