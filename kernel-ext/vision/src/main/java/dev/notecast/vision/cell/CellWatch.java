package dev.notecast.vision.cell;

/** Who hears what becomes of a version of a cell's code. Called on the pipeline's thread; must not block. */
public interface CellWatch {
    /** Its first picture is shown: it has taken the place of the version before. */
    void live();

    /** It gets no more pictures; the last good version goes on. */
    void failed(CellFailure failure);
}
