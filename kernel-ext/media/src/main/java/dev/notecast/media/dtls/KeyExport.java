package dev.notecast.media.dtls;

import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;

/** What both roles gather during a handshake: the profile, then the keys, in the end the goodbye. */
final class KeyExport {
    private SrtpProfile profile;
    private SrtpKeys keys;
    private volatile boolean closedByPeer;

    void negotiated(SrtpProfile chosen) {
        profile = chosen;
    }

    SrtpProfile profile() {
        return profile;
    }

    /** RFC 5764 §4.2: without a context value. */
    void export(TlsContext context) {
        keys = SrtpKeys.fromExport(
                profile, context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.exportLength(profile)));
    }

    SrtpKeys keys() {
        return keys;
    }

    void alertReceived(short description) {
        closedByPeer |= description == AlertDescription.close_notify;
    }

    boolean closedByPeer() {
        return closedByPeer;
    }
}
