package dev.notecast.media.dtls;

import dev.notecast.rtc.srtp.SrtpKeys;
import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** One role of the handshake, as the library wants it: its choices, and what came out. */
interface SrtpPeer {
    /** Shakes hands on the calling thread, which blocks in {@link DatagramTransport#receive}. */
    DTLSTransport handshake(DatagramTransport datagrams) throws IOException;

    /** The exported keys; not null once {@link #handshake} has returned. */
    SrtpKeys keys();

    /** Whether the peer has said close_notify. */
    boolean closedByPeer();
}
