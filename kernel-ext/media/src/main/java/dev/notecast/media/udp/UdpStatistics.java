package dev.notecast.media.udp;

import java.util.concurrent.atomic.LongAdder;

/** The running totals behind {@link UdpCounters}. */
final class UdpStatistics {
    final LongAdder packetsIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder oversizeIn = new LongAdder();
    final LongAdder packetsOut = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder droppedOut = new LongAdder();
    final LongAdder socketErrors = new LongAdder();
    final LongAdder refusedTasks = new LongAdder();
    final LongAdder handlerFaults = new LongAdder();

    UdpCounters counters() {
        return new UdpCounters(
                packetsIn.sum(),
                bytesIn.sum(),
                oversizeIn.sum(),
                packetsOut.sum(),
                messagesOut.sum(),
                bytesOut.sum(),
                droppedOut.sum(),
                socketErrors.sum(),
                refusedTasks.sum(),
                handlerFaults.sum());
    }
}
