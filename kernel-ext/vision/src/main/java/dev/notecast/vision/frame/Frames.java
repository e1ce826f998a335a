package dev.notecast.vision.frame;

import java.time.Duration;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;

/** Pictures in the order of their time, as an unchangeable list that notebooks show as a contact sheet. */
public final class Frames extends AbstractList<Frame> implements RandomAccess {
    private final List<Frame> frames;
    private final String note;

    private Frames(List<Frame> frames, String note) {
        this.frames = frames;
        this.note = note;
    }

    /** Any pictures, to be shown together. */
    public static Frames of(Collection<Frame> frames) {
        return new Frames(List.copyOf(frames), "");
    }

    /** The same with a line for the user, such as why there are not more. */
    public Frames withNote(String line) {
        return new Frames(frames, line);
    }

    @Override
    public Frame get(int index) {
        return frames.get(index);
    }

    @Override
    public int size() {
        return frames.size();
    }

    /** From the first to the last one. */
    public Duration span() {
        return frames.isEmpty()
                ? Duration.ZERO
                : Duration.between(frames.getFirst().time(), frames.getLast().time());
    }

    /** A line for the user; empty when there is nothing to say. */
    public String note() {
        return note;
    }

    /** Some of them in equal steps of the list, the first and the last one among them, on one picture. */
    public Frame contactSheet() {
        return ContactSheet.of(frames);
    }

    /** One line: how many, of what time, and the note. */
    @Override
    public String toString() {
        String line = frames.size() + (frames.size() == 1 ? " picture" : " pictures") + " of "
                + Math.round(span().toMillis() / 100.0) / 10.0 + " s";
        return note.isEmpty() ? line : line + ": " + note;
    }
}
