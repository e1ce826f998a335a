package dev.notecast.jupyter;

import dev.notecast.jupyter.comm.CommAcceptor;
import dev.notecast.jupyter.comm.CommHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What Notecast needs of a Java kernel. Each kernel has an adapter; nothing else knows a class of a kernel.
 * {@link #publish} may be called on any thread, the rest on the kernel's own thread.
 */
public interface KernelPort {
    /** Sends a message to every page, as an answer to the request that the kernel handled last. */
    void publish(IopubMessage message);

    /** Makes {@code %name} known; a later magic of the same name takes its place. */
    void registerLineMagic(String name, LineMagic magic);

    /** Makes {@code %%name} known; a later magic of the same name takes its place. */
    void registerCellMagic(String name, CellMagic magic);

    /**
     * Runs Java as the kernel runs a cell, with the notebook's imports and variables. Inside a magic only.
     *
     * @throws MagicFailed with what the kernel would show in the cell, when it does not compile or throws
     */
    void evaluate(String source);

    /** Prints to the standard error of the cell that runs now, on any thread and after the cell has ended, too. */
    Consumer<String> errorsOfCell();

    /** Lets pages open comms of their own with this target. */
    void registerCommTarget(String target, CommAcceptor acceptor);

    /** Hands what pages send on a comm that was opened here to its handler. */
    void registerComm(String id, String target, CommHandler handler);

    /** The comm is gone; nothing happens when it is not known. */
    void unregisterComm(String id);

    /** Whether a cell runs now: until it ends, nothing that pages send arrives. */
    boolean runsCell();

    /**
     * Asks the person at the page that runs the cell, whose answer is shown as dots and kept nowhere. Waits for it.
     *
     * @return empty when that page cannot be asked
     */
    Optional<String> askHidden(String prompt);

    /** Shows values of a class, when they are what a cell ends with, as pictures with a line of text for who sees none. */
    <T> void showAsJpeg(Class<T> type, Function<T, byte[]> jpeg);

    /** Lets cells use these classes without an import. */
    void addImports(List<String> classNames);

    /** What a line magic does. */
    @FunctionalInterface
    interface LineMagic {
        /** @throws MagicFailed when the cell must stop here */
        void run(List<String> arguments);
    }

    /** What a cell magic does. */
    @FunctionalInterface
    interface CellMagic {
        /**
         * @param body what stands below the magic's line
         * @throws MagicFailed when the cell must stop here
         */
        void run(List<String> arguments, String body);
    }

    /** A magic has failed: the adapter shows that and stops the cell, and the cells that wait behind it. */
    final class MagicFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<String> shown;

        /** Shown as one line. */
        public MagicFailed(String message) {
            this(message, List.of(message));
        }

        /** @param shown the lines that pages show, with colours for terminals */
        public MagicFailed(String message, List<String> shown) {
            super(message, null, false, false);
            this.shown = List.copyOf(shown);
        }

        public List<String> shown() {
            return shown;
        }
    }
}
