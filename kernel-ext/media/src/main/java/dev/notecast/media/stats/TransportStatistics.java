package dev.notecast.media.stats;

import dev.notecast.media.dtls.DtlsCounters;
import dev.notecast.media.udp.UdpCounters;

/**
 * What the ports that all sessions share have carried so far.
 *
 * @param udp of all loops together
 * @param unclaimed datagrams that belonged to no session
 * @param tcpConnections open now
 * @param fanoutDropped packets for all viewers of a path on a loop that had too much to do
 * @param loops that share the UDP port
 */
public record TransportStatistics(
        UdpCounters udp, DtlsCounters dtls, long unclaimed, int tcpConnections, long fanoutDropped, int loops) {}
