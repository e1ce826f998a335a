package dev.notecast.magics.filter;

import dev.notecast.vision.cell.CellSource;
import java.util.function.Consumer;

/** The notebook's own Java, as a cell magic may use it while its cell runs. */
public interface NotebookJava {
    /** Evaluates what {@link CellSource} has made, with the notebook's imports and variables; throws what ends the cell. */
    void run(CellSource source);

    /** Prints to the standard error of the cell that runs now; on any thread, and after the cell has ended, too. */
    Consumer<String> errorsOfCell();
}
