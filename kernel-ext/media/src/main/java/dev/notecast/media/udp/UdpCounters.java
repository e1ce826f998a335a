package dev.notecast.media.udp;

/**
 * What a {@link UdpLoop} has done so far.
 *
 * @param oversizeIn datagrams longer than {@link UdpLoop#MAX_DATAGRAM} that came in and were dropped
 * @param packetsOut datagrams taken for sending
 * @param messagesOut what the system was given for them: fewer, where it cuts one message into several datagrams
 * @param droppedOut datagrams not sent because the socket's buffer and ours were full
 * @param socketErrors datagrams the system refused to send (no route, not permitted) and failed reads
 * @param refusedTasks tasks refused because too many waited
 * @param handlerFaults exceptions that left the handler or a task
 */
public record UdpCounters(
        long packetsIn,
        long bytesIn,
        long oversizeIn,
        long packetsOut,
        long messagesOut,
        long bytesOut,
        long droppedOut,
        long socketErrors,
        long refusedTasks,
        long handlerFaults) {
    public static final UdpCounters NONE = new UdpCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public UdpCounters plus(UdpCounters other) {
        return new UdpCounters(
                packetsIn + other.packetsIn,
                bytesIn + other.bytesIn,
                oversizeIn + other.oversizeIn,
                packetsOut + other.packetsOut,
                messagesOut + other.messagesOut,
                bytesOut + other.bytesOut,
                droppedOut + other.droppedOut,
                socketErrors + other.socketErrors,
                refusedTasks + other.refusedTasks,
                handlerFaults + other.handlerFaults);
    }
}
