package dev.notecast.vision.cell;

/** Who hears what becomes of a version of a cell's code. Called on the pipeline's thread; must not block. */
public interface CellWatch {
    /** Nobody. */
    CellWatch NOBODY = new CellWatch() {
        @Override
        public void live() {}

        @Override
        public void failed(CellFailure failure) {}
    };

    /** Its first picture is shown: it has taken the place of the version before. */
    void live();

    /** It gets no more pictures; the last good version goes on. */
    void failed(CellFailure failure);
}
