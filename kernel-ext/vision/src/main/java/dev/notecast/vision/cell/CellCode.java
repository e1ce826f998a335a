package dev.notecast.vision.cell;

import dev.notecast.vision.frame.Frame;
import java.awt.Graphics2D;

/** What is done with each picture: written in a cell, or given as a lambda. */
@SuppressWarnings("overloads") // a lambda with types fits one of them only, and those of a cell have types
public final class CellCode {
    /** Makes a picture of each one. */
    @FunctionalInterface
    public interface Maker {
        /** @return what to show: a {@link Frame}, a {@link java.awt.image.BufferedImage} or a {@code Mat}, of any size */
        Object make(Frame frame) throws Exception;
    }

    /** Looks at each picture, which passes as it is. */
    @FunctionalInterface
    public interface Looker {
        void look(Frame frame) throws Exception;
    }

    /** Makes a picture of each one, and has a copy to draw on. */
    @FunctionalInterface
    public interface DrawingMaker {
        /** @return as {@link Maker} has it */
        Object make(Frame frame, Graphics2D g) throws Exception;
    }

    /** Draws on each picture. */
    @FunctionalInterface
    public interface Painter {
        /** @param g draws on the copy that is shown */
        void paint(Frame frame, Graphics2D g) throws Exception;
    }

    /** All of them as one. */
    @FunctionalInterface
    private interface Work {
        /** @return the picture, null for none, or the canvas */
        Object of(Frame frame, Canvas canvas) throws Exception;
    }

    private final StackTraceElement first; // where the cell's first line is, null when that is not known
    private final ClassLoader loader;
    private final Work work;

    private CellCode(Throwable here, Object given, Work work) {
        first = here == null || here.getStackTrace().length == 0 ? null : here.getStackTrace()[0];
        loader = given.getClass().getClassLoader();
        this.work = work;
    }

    /** @param here made on the first line, so that errors name the cell's own lines; null without a cell */
    public static CellCode of(Throwable here, Maker maker) {
        return new CellCode(here, maker, (frame, canvas) -> maker.make(frame));
    }

    /** See {@link #of(Throwable, Maker)}. */
    public static CellCode of(Throwable here, Looker looker) {
        return new CellCode(here, looker, (frame, canvas) -> {
            looker.look(frame);
            return frame;
        });
    }

    /** See {@link #of(Throwable, Maker)}. */
    public static CellCode of(Throwable here, DrawingMaker maker) {
        return new CellCode(here, maker, (frame, canvas) -> {
            Graphics2D g = canvas.start(frame);
            try {
                return maker.make(frame, g);
            } finally {
                g.dispose();
            }
        });
    }

    /** See {@link #of(Throwable, Maker)}. */
    public static CellCode of(Throwable here, Painter painter) {
        return new CellCode(here, painter, (frame, canvas) -> {
            Graphics2D g = canvas.start(frame);
            try {
                painter.paint(frame, g);
            } finally {
                g.dispose();
            }
            return canvas;
        });
    }

    /** The picture that it makes of one; throws whatever the code throws. */
    Picture apply(Frame frame, Canvas canvas) throws Exception {
        return Picture.of(work.of(frame, canvas), frame);
    }

    /** Finds the classes that the code names. */
    ClassLoader loader() {
        return loader;
    }

    /** The cell's line that a stack leads through, counted from 1; 0 when it leads through none. */
    int line(StackTraceElement[] stack) {
        for (StackTraceElement element : stack) {
            if (first != null && isOfCell(element.getClassName())) {
                return element.getLineNumber() - first.getLineNumber() + 1;
            }
        }
        return 0;
    }

    private boolean isOfCell(String className) {
        return className.equals(first.getClassName()) || className.startsWith(first.getClassName() + "$");
    }
}
