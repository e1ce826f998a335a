package dev.notecast.server.metrics;

import dev.notecast.media.dtls.DtlsCounters;
import dev.notecast.media.stats.TransportStatistics;
import dev.notecast.media.udp.UdpCounters;

/** The ports that all sessions share. */
final class TransportMetrics {
    private TransportMetrics() {}

    static void addTo(MetricTable table, TransportStatistics transport) {
        UdpCounters udp = transport.udp();
        String datagrams = "UDP datagrams";
        table.counter("notecast_udp_datagrams", datagrams, udp.packetsIn(), "direction", "in")
                .counter("notecast_udp_datagrams", datagrams, udp.packetsOut(), "direction", "out")
                .counter("notecast_udp_bytes", "bytes of UDP datagrams", udp.bytesIn(), "direction", "in")
                .counter("notecast_udp_bytes", "bytes of UDP datagrams", udp.bytesOut(), "direction", "out")
                .counter(
                        "notecast_udp_messages",
                        "what the system was given to send: fewer than datagrams where it segments",
                        udp.messagesOut())
                .counter("notecast_udp_oversize", "datagrams too long to be ours", udp.oversizeIn())
                .counter("notecast_udp_dropped", "datagrams not sent, since buffers were full", udp.droppedOut())
                .counter("notecast_udp_errors", "datagrams that the system refused to send", udp.socketErrors())
                .counter("notecast_udp_unclaimed", "datagrams that belonged to no session", transport.unclaimed())
                .counter("notecast_loop_refused_tasks", "tasks that media loops were too busy for", udp.refusedTasks())
                .counter("notecast_loop_faults", "exceptions on media loops, each a bug", udp.handlerFaults())
                .counter(
                        "notecast_fanout_dropped",
                        "packets for all viewers of a path on a loop that had too much to do",
                        transport.fanoutDropped())
                .gauge("notecast_loops", "media loops", transport.loops())
                .gauge("notecast_tcp_connections", "ICE-TCP connections", transport.tcpConnections());
        DtlsCounters dtls = transport.dtls();
        table.gauge("notecast_dtls_open", "DTLS associations", dtls.open())
                .counter(
                        "notecast_dtls_handshakes",
                        "handshakes that ended",
                        dtls.established(),
                        "outcome",
                        "established")
                .counter("notecast_dtls_handshakes", "handshakes that ended", dtls.failed(), "outcome", "failed")
                .counter("notecast_dtls_dropped", "DTLS datagrams dropped", dtls.droppedIn());
    }
}
