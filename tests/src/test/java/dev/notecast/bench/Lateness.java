package dev.notecast.bench;

/** How long packets were under way: counts per microsecond. One thread fills it. */
final class Lateness {
    private static final int MAX_MICROS = 2_000_000; // what is later is counted as this

    private final int[] counts = new int[MAX_MICROS + 1];
    private long total;
    private int maxMicros;

    void add(long nanos) {
        int micros = Math.clamp(nanos / 1_000, 0, MAX_MICROS);
        counts[micros]++;
        total++;
        maxMicros = Math.max(maxMicros, micros);
    }

    void addAll(Lateness other) {
        for (int i = 0; i <= other.maxMicros; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        maxMicros = Math.max(maxMicros, other.maxMicros);
    }

    /** @param fraction 0..1, of the packets that were at most as late; 0 when there are none */
    long percentileMicros(double fraction) {
        long wanted = (long) Math.ceil(fraction * total);
        long seen = 0;
        for (int i = 0; i <= maxMicros; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return i;
            }
        }
        return maxMicros;
    }

    long maxMicros() {
        return maxMicros;
    }
}
