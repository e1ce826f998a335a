package dev.notecast.jupyter;

import java.util.Optional;

/**
 * Ends this JVM when the Jupyter server that started it is gone: killed outright, it tells its kernels nothing, and a
 * kernel that lives on would hold its ports.
 */
final class ParentWatch {
    private static final String PARENT = "JPY_PARENT_PID"; // set by jupyter_client

    private ParentWatch() {}

    static void start() {
        parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
    }

    private static Optional<ProcessHandle> parent() {
        try {
            return Optional.ofNullable(System.getenv(PARENT))
                    .map(Long::parseLong)
                    .filter(pid -> pid > 1)
                    .flatMap(ProcessHandle::of);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
