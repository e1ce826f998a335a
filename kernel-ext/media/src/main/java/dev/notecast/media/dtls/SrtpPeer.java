package dev.notecast.media.dtls;

import dev.notecast.rtc.srtp.SrtpKeys;
import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** One role of the handshake, as the library wants it: its choices, and what came out. */
interface SrtpPeer {
    /** Resent after this, then twice as late each time: the library's second is long when a datagram is lost. */
    int RESEND_MILLIS = 100;

    /** Shakes hands on the calling thread, which blocks in {@link DatagramTransport#receive}. */
    DTLSTransport handshake(DatagramTransport datagrams) throws IOException;

    /** The exported keys; not null once {@link #handshake} has returned. */
    SrtpKeys keys();

    /** Whether the peer has said close_notify. */
    boolean closedByPeer();
}
