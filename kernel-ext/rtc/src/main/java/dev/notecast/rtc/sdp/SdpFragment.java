package dev.notecast.rtc.sdp;

import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.io.ParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What trickles after an offer, and both halves of an ICE restart: {@code application/trickle-ice-sdpfrag} (RFC 8840
 * §9, RFC 9725 §4.3).
 *
 * @param ice the generation that the candidates belong to, or a new one on an ICE restart; empty when not given
 * @param mid of the first m-line named, empty when none is: the one that the others are bundled with
 * @param candidates that are well formed, of the RTP component, each once; others are left out
 */
public record SdpFragment(
        Optional<IceCredentials> ice, String mid, List<Candidate> candidates, boolean endOfCandidates) {
    /** In characters. */
    public static final int MAX_LENGTH = 64 << 10;

    static final int MAX_CANDIDATES = 64;

    public SdpFragment {
        candidates = List.copyOf(candidates);
    }

    /** Our half of an ICE restart: new credentials and all candidates that there are. */
    public static SdpFragment restarted(LocalTransport local, String mid) {
        return new SdpFragment(
                Optional.of(local.ice()),
                mid,
                local.candidates().stream().limit(SdpLines.MAX_CANDIDATES).toList(),
                true);
    }

    /** Parses what a peer sent, with any line ends; credentials may be for the session or under the m-line. */
    public static ParseResult<SdpFragment> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return ParseResult.malformed("SDP fragment longer than " + MAX_LENGTH + " characters");
        }
        List<Attribute> attributes = new ArrayList<>();
        for (String line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
            if (line.startsWith("a=")) {
                attributes.add(Attribute.parse(line.substring(2)));
            } else if (!line.isEmpty() && (line.length() < 2 || line.charAt(1) != '=')) {
                return ParseResult.malformed("SDP fragment has a line that is not of the form 'x=value'");
            }
        }
        return of(new Attributes(attributes));
    }

    private static ParseResult<SdpFragment> of(Attributes attributes) {
        Optional<String> ufrag = attributes.first("ice-ufrag");
        Optional<String> pwd = attributes.first("ice-pwd");
        Optional<IceCredentials> ice = Optional.empty();
        if (ufrag.isPresent() && pwd.isPresent()) {
            switch (IceCredentials.parse(ufrag.get(), pwd.get())) {
                case ParseResult.Ok<IceCredentials>(var credentials) -> ice = Optional.of(credentials);
                case ParseResult.Malformed<IceCredentials>(var reason) -> {
                    return ParseResult.malformed(reason);
                }
            }
        }
        List<Candidate> candidates = RemoteTransport.candidates(attributes.all("candidate"), MAX_CANDIDATES);
        boolean end = attributes.has("end-of-candidates");
        if (ice.isEmpty() && candidates.isEmpty() && !end) {
            return ParseResult.malformed("SDP fragment has neither candidates nor ICE credentials");
        }
        String mid = attributes.first("mid").orElse("");
        if (mid.length() > Bundle.MAX_MID_LENGTH) {
            return ParseResult.malformed("a=mid longer than " + Bundle.MAX_MID_LENGTH + " characters");
        }
        return ParseResult.ok(new SdpFragment(ice, mid, candidates, end));
    }

    /**
     * The fragment as it goes over the wire. Everything is under the m-line, which is how RFC 9725 §4.3.3 shows it and
     * where clients look for it.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!mid.isEmpty()) {
            // RFC 8840 §9: a pseudo m-line gives the mid its place
            text.append("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:").append(mid).append("\r\n");
        }
        // RFC 9725 §4.3.3: the options stay those of the offer and the answer
        ice.ifPresent(credentials -> text.append("a=ice-options:" + SdpLines.ICE_OPTIONS + "\r\na=ice-ufrag:")
                .append(credentials.ufrag())
                .append("\r\na=ice-pwd:")
                .append(credentials.pwd())
                .append("\r\n"));
        for (Candidate candidate : candidates) {
            text.append("a=").append(candidate).append("\r\n");
        }
        if (endOfCandidates) {
            text.append("a=end-of-candidates\r\n");
        }
        return text.toString();
    }
}
