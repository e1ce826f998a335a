package dev.notecast.server.access;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a request says about where it comes from.
 *
 * @param forwarded whether a proxy passed it on, so that the remote address is the proxy's
 * @param host the {@code Host} header
 * @param origin the {@code Origin} header
 * @param fetchSite the {@code Sec-Fetch-Site} header
 * @param token from {@code Authorization: Bearer} or {@code ?token=}
 */
public record AccessRequest(
        InetAddress remote,
        boolean forwarded,
        Optional<String> host,
        Optional<String> origin,
        Optional<String> fetchSite,
        Optional<String> token) {

    /** Whether it comes from a program or a page on this machine, as far as addresses can tell. */
    public boolean isLocal() {
        return remote.isLoopbackAddress() && !forwarded;
    }

    /** Under what the address is counted: of an IPv6 address the network, since its holder has 2^64 of them. */
    public String addressKey() {
        return FailureLimiter.key(remote, false);
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
