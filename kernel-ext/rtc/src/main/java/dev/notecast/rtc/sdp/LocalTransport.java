package dev.notecast.rtc.sdp;

import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceCredentials;
import java.util.List;

/**
 * What our side says about its one transport (everything is bundled).
 *
 * @param candidates most likely first; all there are, since an answer over HTTP cannot be added to
 */
public record LocalTransport(IceCredentials ice, Fingerprint fingerprint, List<Candidate> candidates) {
    public LocalTransport {
        candidates = List.copyOf(candidates);
    }
}
