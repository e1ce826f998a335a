package dev.notecast.rtc;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A network in virtual time that loses, delays, reorders and duplicates datagrams as its seed says, for tests of state
 * machines that take their time as an argument. It knows no addresses: a datagram is what happens on its arrival.
 */
public final class LossyLink {
    /** What {@link #nextArrivalNanos} says when nothing is under way. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * @param loss probability 0..1 that a datagram is lost
     * @param duplication probability 0..1 that one arrives twice
     * @param maxDelay one way; delays are spread evenly from {@code minDelay}, so datagrams overtake each other
     */
    public record Conditions(double loss, double duplication, Duration minDelay, Duration maxDelay) {
        public static Conditions perfect(Duration delay) {
            return new Conditions(0, 0, delay, delay);
        }
    }

    /** What a datagram does where it arrives. */
    @FunctionalInterface
    public interface Arrival {
        void at(long nowNanos);
    }

    private record Flight(long atNanos, long order, Arrival arrival) {}

    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(Comparator.comparingLong(Flight::atNanos).thenComparingLong(Flight::order));
    private final Random random;
    private Conditions conditions;
    private long sent;
    private long lost;

    public LossyLink(Conditions conditions, long seed) {
        this.conditions = conditions;
        this.random = new Random(seed);
    }

    /** Changes the conditions for datagrams sent from now on. */
    public void setConditions(Conditions next) {
        conditions = next;
    }

    public void send(long nowNanos, Arrival arrival) {
        sent++;
        if (random.nextDouble() < conditions.loss()) {
            lost++;
            return;
        }
        int copies = random.nextDouble() < conditions.duplication() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long spread = conditions.maxDelay().minus(conditions.minDelay()).toNanos();
            long delay = conditions.minDelay().toNanos() + (long) (random.nextDouble() * spread);
            flights.add(new Flight(nowNanos + delay, sent, arrival));
        }
    }

    /** When the next datagram arrives, or {@link #NEVER}. */
    public long nextArrivalNanos() {
        return flights.isEmpty() ? NEVER : flights.peek().atNanos();
    }

    /** Lets everything arrive that is due; what that sends may be due as well and arrives with the next call. */
    public void deliver(long nowNanos) {
        for (int due = flights.size(); due > 0 && nextArrivalNanos() <= nowNanos; due--) {
            flights.remove().arrival().at(nowNanos);
        }
    }

    /** Datagrams given to the link, lost ones included. */
    public long sent() {
        return sent;
    }

    public long lost() {
        return lost;
    }
}
