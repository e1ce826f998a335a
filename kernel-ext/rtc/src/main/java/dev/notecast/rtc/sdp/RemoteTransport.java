package dev.notecast.rtc.sdp;

import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.io.ParseResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the peer says about the bundled transport, on the m-line that carries it or for the whole session.
 *
 * @param setup {@code actpass}, {@code active} or {@code passive} (RFC 5763 §5)
 * @param lite whether the peer only answers checks (RFC 8445 §2.5)
 */
record RemoteTransport(
        IceCredentials ice, Fingerprint fingerprint, String setup, List<Candidate> candidates, boolean lite) {
    static final int MAX_CANDIDATES = 64;

    /** Hashes that are accepted, with their length in bytes (RFC 8122 §5). */
    private static final Map<String, Integer> HASHES = Map.of("sha-256", 32, "sha-384", 48, "sha-512", 64);

    private static final String DEFAULT_SETUP = "actpass"; // RFC 8842 §5.2: what an offer should say

    static ParseResult<RemoteTransport> of(TransportLines lines) {
        String ufrag = lines.first("ice-ufrag").orElse(null);
        String pwd = lines.first("ice-pwd").orElse(null);
        if (ufrag == null || pwd == null) {
            return ParseResult.malformed("SDP has no a=" + (ufrag == null ? "ice-ufrag" : "ice-pwd"));
        }
        if (IceCredentials.parse(ufrag, pwd) instanceof ParseResult.Malformed<IceCredentials>(var reason)) {
            return ParseResult.malformed(reason);
        }
        List<String> fingerprints = lines.all("fingerprint");
        if (fingerprints.isEmpty()) {
            return ParseResult.malformed("SDP has no a=fingerprint");
        }
        Fingerprint fingerprint = fingerprints.stream()
                .map(RemoteTransport::usable)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (fingerprint == null) {
            return ParseResult.malformed("SDP has no well-formed a=fingerprint with sha-256, sha-384 or sha-512");
        }
        String setup = lines.first("setup").orElse(DEFAULT_SETUP).toLowerCase(Locale.ROOT);
        if (!List.of("actpass", "active", "passive").contains(setup)) {
            return ParseResult.malformed("a=setup is neither actpass, active nor passive");
        }
        return ParseResult.ok(new RemoteTransport(
                new IceCredentials(ufrag, pwd),
                fingerprint,
                setup,
                candidates(lines.everywhere("candidate"), MAX_CANDIDATES),
                lines.session().has("ice-lite")));
    }

    private static Fingerprint usable(String text) {
        if (!(Fingerprint.parse(text) instanceof ParseResult.Ok<Fingerprint>(var fingerprint))) {
            return null;
        }
        Integer bytes = HASHES.get(fingerprint.algorithm());
        return bytes != null && fingerprint.value().length() == 3 * bytes - 1 ? fingerprint : null;
    }

    /** The well-formed candidates of the RTP component, a bounded number; the peer's other lines are no use to us. */
    static List<Candidate> candidates(Stream<String> values, int max) {
        return values.map(Candidate::parse)
                .<Candidate>mapMulti((parsed, out) -> {
                    if (parsed instanceof ParseResult.Ok<Candidate>(var candidate)
                            && candidate.component() == Candidate.RTP_COMPONENT) {
                        out.accept(candidate);
                    }
                })
                .distinct() // each m-line may repeat them
                .limit(max)
                .toList();
    }
}
