package dev.notecast.server.frames;

import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.detection.Findings;
import java.util.Optional;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is found on a path from now on, as a stream that waits: it ends with the server, or when its thread is interrupted. */
public final class FindingsReader extends AbstractSpliterator<Findings> {
    private static final long LOOK_NANOS = 1_000_000_000;

    private final DetectionBoard board;
    private final PathName path;
    private long seen;

    private FindingsReader(DetectionBoard board, PathName path) {
        super(Long.MAX_VALUE, ORDERED | NONNULL);
        this.board = board;
        this.path = path;
        seen = board.newest(path);
    }

    /** Begins with what is found after this call; one thread. */
    public static Stream<Findings> stream(DetectionBoard board, PathName path) {
        return StreamSupport.stream(new FindingsReader(board, path), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Findings> action) {
        try {
            while (!board.isClosed()) {
                Optional<DetectionBoard.Entry> next = board.next(path, seen, System.nanoTime() + LOOK_NANOS);
                if (next.isPresent()) {
                    seen = next.get().sequence();
                    action.accept(next.get().findings());
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
