package dev.notecast.vision.cell;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Where code that a notebook has compiled is handed over: a kernel evaluates text, and what the text makes has to come
 * back. A kernel runs one cell at a time.
 */
public final class HandedCode {
    private static final AtomicReference<CellCode> HANDED = new AtomicReference<>();

    private HandedCode() {}

    /** Called by the text of {@link CellSource#java}. */
    public static void put(CellCode code) {
        HANDED.set(code);
    }

    /**
     * What an evaluation has handed over.
     *
     * @throws IllegalStateException when it has not
     */
    static CellCode after(Runnable evaluation) {
        HANDED.set(null);
        evaluation.run();
        CellCode code = HANDED.getAndSet(null);
        if (code == null) {
            throw new IllegalStateException("the cell's code was compiled and never arrived");
        }
        return code;
    }
}
