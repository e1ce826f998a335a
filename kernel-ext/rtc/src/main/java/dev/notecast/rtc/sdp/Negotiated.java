package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceCredentials;
import java.util.List;
import java.util.Set;

/**
 * A session both sides agree on: one bundled transport and the tracks on it.
 *
 * @param answer the SDP answer, ours or the peer's
 * @param localRole our side of the DTLS handshake
 * @param remoteFingerprint of the certificate that the peer must show
 * @param remoteCandidates those that were in the peer's SDP; more may trickle in
 * @param remoteIsLite whether the peer only answers ICE checks, so that we have to control (RFC 8445 §6.1.1)
 * @param media the tracks in use; rejected m-lines are not listed
 * @param unserved kinds of which the peer would take a track more than there was to send
 */
public record Negotiated(
        String answer,
        DtlsRole localRole,
        IceCredentials remoteIce,
        Fingerprint remoteFingerprint,
        List<Candidate> remoteCandidates,
        boolean remoteIsLite,
        List<NegotiatedMedia> media,
        Set<MediaKind> unserved)
        implements NegotiationResult {
    public Negotiated {
        remoteCandidates = List.copyOf(remoteCandidates);
        media = List.copyOf(media);
        unserved = Set.copyOf(unserved);
    }

    /** Leaves out the SDP: it holds the ICE passwords. */
    @Override
    public String toString() {
        return "Negotiated[" + localRole + ", " + media + "]";
    }
}
