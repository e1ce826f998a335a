package dev.notecast.media.udp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a loop delivers, in the batches it came in. */
class RecordingHandler implements PacketHandler {
    record Arrival(byte[] data, InetSocketAddress remote, long arrivalNanos) {}

    final BlockingQueue<List<Arrival>> batches = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> timeouts = new LinkedBlockingQueue<>();
    private List<Arrival> batch = new ArrayList<>();

    @Override
    public void received(byte[] data, InetSocketAddress remote, long arrivalNanos) {
        batch.add(new Arrival(data, remote, arrivalNanos));
    }

    @Override
    public void batchEnd(long nowNanos) {
        batches.add(batch);
        batch = new ArrayList<>();
    }

    @Override
    public void timeout(long nowNanos) {
        timeouts.add(nowNanos);
    }

    List<Arrival> take(int count) throws InterruptedException {
        List<Arrival> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<Arrival> next = batches.poll(5, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("only " + taken.size() + " of " + count + " datagrams came");
            }
            taken.addAll(next);
        }
        return taken;
    }
}
