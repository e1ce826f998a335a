package dev.notecast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Keeps a process on some of the processors, by {@code taskset}. */
final class Cpus {
    private Cpus() {}

    /** @param list as {@code taskset -c} takes it, for example {@code 0,2-3} */
    static void confine(long pid, String list) {
        try {
            Process taskset = new ProcessBuilder("taskset", "-a", "-p", "-c", list, Long.toString(pid))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (taskset.waitFor() != 0) {
                throw new IllegalArgumentException("taskset refused the processors " + list);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("taskset is missing (package util-linux)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
