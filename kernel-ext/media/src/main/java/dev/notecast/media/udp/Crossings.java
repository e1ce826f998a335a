package dev.notecast.media.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What one loop has for others: a {@link Crossing} to each that something came for. Belongs to the loop that collects. */
public final class Crossings<T> {
    private final Consumer<T> arrived;
    private final List<Crossing<T>> all = new ArrayList<>(); // as many as there are loops: searched faster than a map

    /** @param arrived takes each on its loop */
    public Crossings(Consumer<T> arrived) {
        this.arrived = arrived;
    }

    /** Collects a datagram for another loop, until the next {@link #send}. */
    public void add(UdpLoop to, T datagram) {
        crossing(to).add(datagram);
    }

    /** Lets go what was collected. */
    public void send() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).send();
        }
    }

    private Crossing<T> crossing(UdpLoop to) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).to() == to) {
                return all.get(i);
            }
        }
        Crossing<T> crossing = new Crossing<>(to, arrived);
        all.add(crossing);
        return crossing;
    }
}
