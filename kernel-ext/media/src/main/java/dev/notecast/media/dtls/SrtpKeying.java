package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/**
 * DTLS-SRTP (RFC 5764), as far as it is the same in both roles: who is expected, the profile that is agreed on, then the
 * keys, in the end the goodbye.
 */
final class SrtpKeying {
    private final List<SrtpProfile> profiles;
    private final Fingerprint expected;
    private SrtpProfile profile;
    private SrtpKeys keys;
    private volatile boolean closedByPeer;

    /** @param profiles that we take, the best first */
    SrtpKeying(List<SrtpProfile> profiles, Fingerprint expected) {
        this.profiles = profiles;
        this.expected = expected;
    }

    /** @throws TlsFatalAlert when the peer's certificate is not the one that its SDP announced */
    void verify(Certificate chain) throws IOException {
        PeerCertificates.verify(chain, expected);
    }

    /** What a client says in its {@code use_srtp} extension. */
    UseSRTPData offer() {
        return useSrtp(profiles.stream().mapToInt(SrtpProfile::id).toArray());
    }

    /** Takes the best of the profiles that a client offers. */
    void choose(UseSRTPData offered) throws TlsFatalAlert {
        if (offered == null) {
            throw new TlsFatalAlert(AlertDescription.missing_extension, "the peer does not offer use_srtp");
        }
        for (SrtpProfile mine : profiles) {
            for (int id : offered.getProtectionProfiles()) {
                if (id == mine.id()) {
                    profile = mine;
                    return;
                }
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
    }

    /** What a server says in its {@code use_srtp} extension, once it has chosen. */
    UseSRTPData choice() {
        return useSrtp(profile.id());
    }

    /** Takes the profile that a server has chosen out of those offered. */
    void accept(UseSRTPData chosen) throws TlsFatalAlert {
        if (chosen == null) {
            throw new TlsFatalAlert(AlertDescription.missing_extension, "the peer does not accept use_srtp");
        }
        int[] ids = chosen.getProtectionProfiles();
        // §4.1.1: exactly one, out of those offered, and no MKI but the one offered
        if (ids.length != 1 || chosen.getMki().length != 0) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the peer's use_srtp is no answer to ours");
        }
        profile = SrtpProfile.withId(ids[0])
                .filter(profiles::contains)
                .orElseThrow(
                        () -> new TlsFatalAlert(AlertDescription.illegal_parameter, "SRTP profile was not offered"));
    }

    private static UseSRTPData useSrtp(int... profileIds) {
        return new UseSRTPData(profileIds, TlsUtils.EMPTY_BYTES);
    }

    /** §4.2: without a context value. */
    void export(TlsContext context) {
        keys = SrtpKeys.fromExport(
                profile, context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.exportLength(profile)));
    }

    /** Not null once the handshake is done. */
    SrtpKeys keys() {
        return keys;
    }

    void alertReceived(short description) {
        closedByPeer |= description == AlertDescription.close_notify;
    }

    /** Whether the peer has said close_notify. */
    boolean closedByPeer() {
        return closedByPeer;
    }
}
