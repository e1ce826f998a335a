package dev.notecast.server.http;

import dev.notecast.rtc.io.IpLiterals;
import dev.notecast.server.access.AccessRequest;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Reads from a request what the access policy asks about. */
final class Requests {
    // a proxy or tunnel on this machine speaks from loopback for somebody elsewhere
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");
    private static final String BEARER = "bearer ";

    private Requests() {}

    static AccessRequest describe(Context ctx) {
        Optional<TunnelPort> tunnel = TunnelPort.of(ctx);
        return new AccessRequest(
                tunnel.filter(TunnelPort::namesClients)
                        .flatMap(port -> lastForwarded(ctx))
                        .orElseGet(() -> remote(ctx)),
                PROXY_HEADERS.stream().anyMatch(name -> ctx.header(name) != null),
                tunnel.map(TunnelPort::name),
                Optional.ofNullable(ctx.header("Host")),
                Optional.ofNullable(ctx.header("Origin")),
                Optional.ofNullable(ctx.header("Sec-Fetch-Site")),
                token(ctx));
    }

    private static Optional<String> token(Context ctx) {
        String authorization = ctx.header("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).trim());
        }
        return Optional.ofNullable(ctx.queryParam("token")).filter(token -> !token.isEmpty());
    }

    /** The service adds the address that it saw to what the client may have sent itself. */
    private static Optional<InetAddress> lastForwarded(Context ctx) {
        return Optional.ofNullable(ctx.header("X-Forwarded-For"))
                .map(list -> list.substring(list.lastIndexOf(',') + 1).strip())
                .flatMap(IpLiterals::parse);
    }

    private static InetAddress remote(Context ctx) {
        try {
            return InetAddress.getByName(ctx.req().getRemoteAddr()); // always a literal: nothing is looked up
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a connection without an address", e);
        }
    }
}
