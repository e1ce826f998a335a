package dev.notecast.rtc.dtls;

import dev.notecast.rtc.srtp.SrtpKeys;

/**
 * One DTLS association for keying SRTP (RFC 5764): datagrams in and out, keys at the end. Who implements it may block
 * inside, but none of these methods does.
 */
public interface DtlsEndpoint extends AutoCloseable {
    /** What an endpoint tells its session, on a thread of the endpoint's. */
    interface Listener {
        /** A datagram for the peer; the array is the receiver's. */
        void transmit(byte[] datagram);

        /** The handshake is done and the peer's certificate has the expected fingerprint. */
        void established(SrtpKeys keys);

        /** The handshake failed or ran out of time. */
        void failed(String reason);

        /** The peer said goodbye with close_notify. */
        void closedByPeer();
    }

    /** Takes a datagram from the peer; drops and counts it when the endpoint's bounded queue is full. */
    void receive(byte[] datagram);

    /** Says goodbye and frees everything; may be called twice. */
    @Override
    void close();
}
