package dev.notecast.rtc.ice;

import dev.notecast.rtc.io.LocalSocket;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The pair that an {@link IceAgent} uses.
 *
 * @param remoteType {@code PEER_REFLEXIVE} unless the peer had signalled the address
 * @param roundTrip of the last check that was answered, zero before there was one
 * @param role ours: the controlling side has nominated the pair
 */
public record SelectedPair(
        LocalSocket local, InetSocketAddress remote, CandidateType remoteType, Duration roundTrip, IceRole role) {}
