package dev.notecast.media.egress.whep;

import dev.notecast.media.path.PathName;
import dev.notecast.media.udp.UdpLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The fan-outs of a server: one for each path and loop with viewers, as long as there are some. Any thread. */
public final class Fanouts {
    private record Place(PathName path, UdpLoop loop) {}

    private record Use(Fanout fanout, int viewers) {}

    private final Map<Place, Use> uses = new ConcurrentHashMap<>();

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
                (place, use) -> use.viewers() == 1 ? null : new Use(use.fanout(), use.viewers() - 1));
    }
}
