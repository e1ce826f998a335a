package dev.notecast.media.egress.whep;

import dev.notecast.media.path.PathName;
import dev.notecast.media.udp.UdpLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The fan-outs of a server: one for each path and loop with viewers, as long as there are some. Any thread. */
public final class Fanouts {
    private record Place(PathName path, UdpLoop loop) {}

    private record Use(Fanout fanout, int viewers) {}

    private final Map<Place, Use> uses = new ConcurrentHashMap<>();
    private final LongAdder droppedBefore = new LongAdder(); // by those that have ended

    /** Packets that no viewer of a loop got, because the loop had too much to do. */
    public long dropped() {
        return droppedBefore.sum()
                + uses.values().stream()
                        .mapToLong(use -> use.fanout().dropped())
                        .sum();
    }

    /** Viewers that have acquired one and not given it back. */
    public int viewers() {
        return uses.values().stream().mapToInt(Use::viewers).sum();
    }

    /** For one viewer more; it must {@link #release} it. */
    Fanout acquire(PathName path, UdpLoop loop) {
        return uses.compute(
                        new Place(path, loop),
                        (place, use) ->
                                use == null ? new Use(new Fanout(loop), 1) : new Use(use.fanout(), use.viewers() + 1))
                .fanout();
    }

    void release(PathName path, UdpLoop loop) {
        uses.computeIfPresent(
                new Place(path, loop),
                (place, use) -> use.viewers() == 1 ? ended(use.fanout()) : new Use(use.fanout(), use.viewers() - 1));
    }

    private Use ended(Fanout fanout) {
        droppedBefore.add(fanout.dropped());
        return null;
    }
}
