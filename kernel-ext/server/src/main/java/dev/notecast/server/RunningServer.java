package dev.notecast.server;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The one server of this JVM, from its start until the JVM's shutdown at the latest. Any thread. */
final class RunningServer {
    private static final ReentrantLock STARTING = new ReentrantLock();
    private static volatile Notecast current;
    private static Thread atExit; // of the lock; closes the current one

    private RunningServer() {}

    /** @throws NotecastException when one runs already, or what {@code server} throws */
    static Notecast start(Supplier<Notecast> server) {
        STARTING.lock();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            if (current != null) {
                throw StartFailures.alreadyRunning(current);
            }
            // threads inherit it, and libraries look up their services with it; a kernel's thread may have none
            Thread.currentThread().setContextClassLoader(Notecast.class.getClassLoader());
            Notecast started = server.get();
            atExit = Thread.ofPlatform().name("notecast-shutdown").unstarted(started::close);
            Runtime.getRuntime().addShutdownHook(atExit);
            current = started;
            return started;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            STARTING.unlock();
        }
    }

    static Optional<Notecast> get() {
        return Optional.ofNullable(current);
    }

    /** It is closed: another one may start. */
    static void forget(Notecast closed) {
        STARTING.lock();
        try {
            if (current == closed) {
                current = null;
                Runtime.getRuntime().removeShutdownHook(atExit);
            }
        } catch (IllegalStateException e) {
            // the hook is what called
        } finally {
            STARTING.unlock();
        }
    }
}
