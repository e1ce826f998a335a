package dev.notecast.jupyter;

import dev.notecast.jupyter.KernelPort.MagicFailed;
import dev.notecast.magics.filter.NotebookJava;
import dev.notecast.vision.cell.CellSource;
import java.util.function.Consumer;

/** Java as a kernel runs it, in the cell of a magic. */
record CellJava(KernelPort kernel) implements NotebookJava {
    @Override
    public void run(CellSource source) {
        try {
            if (!source.imports().isEmpty()) {
                kernel.evaluate(source.imports());
            }
            kernel.evaluate(source.java());
        } catch (MagicFailed e) {
            throw new MagicFailed(
                    source.asWritten(e.getMessage()),
                    e.shown().stream().map(source::asWritten).toList());
        }
    }

    @Override
    public Consumer<String> errorsOfCell() {
        return kernel.errorsOfCell();
    }
}
