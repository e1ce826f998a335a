package dev.notecast.magics.filter;

import dev.notecast.vision.cell.CellFailure;
import dev.notecast.vision.cell.CellWatch;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What becomes of a version: told by the cell while it runs, printed below it afterwards. */
final class FirstWord implements CellWatch {
    private final String path;
    private final Consumer<String> errors;
    private final CountDownLatch told = new CountDownLatch(1);
    private final AtomicBoolean cellEnded = new AtomicBoolean();
    private volatile CellFailure failure; // null while it is well

    FirstWord(String path, Consumer<String> errors) {
        this.path = path;
        this.errors = errors;
    }

    @Override
    public void live() {
        told.countDown();
    }

    @Override
    public void failed(CellFailure why) {
        failure = why;
        told.countDown();
        if (cellEnded.get()) {
            errors.accept(line(path, why) + "\n");
        }
    }

    static String line(String path, CellFailure why) {
        String instead = why.goesOn() == 0 ? "pictures pass as they come" : "version " + why.goesOn() + " goes on";
        return "Version " + why.version() + " of '" + path + "' was given up, " + instead + ": " + why;
    }

    /** @return whether there was a word in time */
    boolean await(long millis) {
        try {
            return told.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the cell has to tell: from now on it cannot. */
    Optional<CellFailure> end() {
        cellEnded.set(true);
        return Optional.ofNullable(failure);
    }
}
