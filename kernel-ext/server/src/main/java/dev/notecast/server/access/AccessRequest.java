package dev.notecast.server.access;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a request says about where it comes from.
 *
 * @param remote who sent it; through a tunnel whose service says so, the address that it names
 * @param forwarded whether a proxy passed it on, so that the remote address is the proxy's
 * @param tunnel the tunnel that it came through: from anywhere, whatever its address and its headers say
 * @param host the {@code Host} header
 * @param origin the {@code Origin} header
 * @param fetchSite the {@code Sec-Fetch-Site} header
 * @param token from {@code Authorization: Bearer} or {@code ?token=}
 */
public record AccessRequest(
        InetAddress remote,
        boolean forwarded,
        Optional<String> tunnel,
        Optional<String> host,
        Optional<String> origin,
        Optional<String> fetchSite,
        Optional<String> token) {

    AccessRequest withoutToken() {
        return new AccessRequest(remote, forwarded, tunnel, host, origin, fetchSite, Optional.empty());
    }

    /** Whether it comes from a program or a page on this machine, as far as addresses can tell. */
    public boolean isLocal() {
        return remote.isLoopbackAddress() && !forwarded && tunnel.isEmpty();
    }

    /** Under what the address is counted: of an IPv6 address the network, since its holder has 2^64 of them. */
    public String addressKey() {
        return limiterKey(false);
    }

    /** Under what its wrong tokens are counted; those that come through a tunnel apart from all others. */
    String limiterKey() {
        return limiterKey(isCrossSite());
    }

    private String limiterKey(boolean crossSite) {
        return FailureLimiter.key(remote, crossSite)
                + tunnel.map(name -> "/" + name).orElse("");
    }

    /** Whether a page of another origin caused it; only browsers say so, and they always do. */
    boolean isCrossSite() {
        boolean foreignOrigin = origin.isPresent() && !isOwn(origin.get());
        boolean foreignSite = fetchSite.isPresent()
                && !fetchSite.get().equals("same-origin")
                && !fetchSite.get().equals("none");
        return foreignOrigin || foreignSite;
    }

    private boolean isOwn(String origin) {
        String authority = host.orElse("");
        return origin.equalsIgnoreCase("http://" + authority) || origin.equalsIgnoreCase("https://" + authority);
    }

    @Override
    public String toString() {
        return "request from " + remote.getHostAddress(); // without the token
    }
}
