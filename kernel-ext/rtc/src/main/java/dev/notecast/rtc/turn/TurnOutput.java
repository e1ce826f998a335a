package dev.notecast.rtc.turn;

import java.net.InetSocketAddress;
import java.time.Duration;

/** What a {@link TurnClient} wants done; called from inside its methods, on the caller's thread. */
public interface TurnOutput {
    /** Sends a STUN message to the server; the array is the receiver's. */
    void transmit(byte[] message);

    /**
     * The allocation stands.
     *
     * @param relayed where peers reach us
     * @param mapped our address as the server sees it
     * @param roundTrip to the server
     */
    void allocated(InetSocketAddress relayed, InetSocketAddress mapped, Duration roundTrip);

    /** A peer's datagram, in a Data indication; the array is the receiver's. */
    void relayed(InetSocketAddress peer, byte[] datagram);

    /** The server refuses to prolong the allocation, for example by expired credentials: it stands for minutes at most. */
    void expiring(TurnFailure failure);

    /** There is no allocation, or none any more. Called once, last. */
    void ended(TurnFailure failure);
}
