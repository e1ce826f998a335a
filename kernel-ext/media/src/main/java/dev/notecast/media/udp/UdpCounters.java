package dev.notecast.media.udp;

/**
 * What a {@link UdpLoop} has done so far.
 *
 * @param oversizeIn datagrams longer than {@link UdpLoop#MAX_DATAGRAM} that came in and were dropped
 * @param droppedOut datagrams not sent because the socket's buffer and ours were full
 * @param sendErrors datagrams the system refused to send: no route, not permitted
 * @param refusedTasks tasks refused because too many waited
 */
public record UdpCounters(
        long packetsIn,
        long bytesIn,
        long oversizeIn,
        long packetsOut,
        long bytesOut,
        long droppedOut,
        long sendErrors,
        long refusedTasks) {}
