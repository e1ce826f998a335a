package dev.notecast.vision.model;

/** An NVIDIA GPU as its driver describes it. */
public record GpuInfo(String name, String driver, long usedMib, long totalMib) {
    /** Of its memory, 0 to 1. */
    public double usedShare() {
        return totalMib <= 0 ? 0 : (double) usedMib / totalMib;
    }
}
