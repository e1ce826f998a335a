package dev.notecast.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** One role of the handshake, as the library wants it: its choices, and what came out. */
interface SrtpPeer {
    /** Shakes hands on the calling thread, which blocks in {@link DatagramTransport#receive}. */
    DTLSTransport handshake(DatagramTransport datagrams) throws IOException;

    /** What the handshake leads to. */
    SrtpKeying keying();
}
