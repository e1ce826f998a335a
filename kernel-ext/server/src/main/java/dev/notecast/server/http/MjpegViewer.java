package dev.notecast.server.http;

import dev.notecast.media.egress.mjpeg.JpegViewer;
import dev.notecast.media.egress.mjpeg.MjpegWatch;
import dev.notecast.media.egress.mjpeg.MultipartPart;
import dev.notecast.media.egress.mjpeg.SharedJpeg;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * A client of an endless answer. Each picture is one write that does not block, mostly one system call; as long as the
 * client has not taken it the pictures that come are skipped, and when it takes nothing for the connection's idle timeout
 * the write fails and this ends.
 */
final class MjpegViewer implements JpegViewer {
    private enum State {
        READY,
        WRITING,
        LAST_WRITE, // told to go while a write is under way, which must not be overtaken by the end of the answer
        OVER
    }

    private final EndPoint connection;
    private final AtomicReference<State> state = new AtomicReference<>(State.READY);
    private final CompletableFuture<MjpegWatch> watch = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** @param connection where the head of an answer that ends with it, and the opening, are written already */
    MjpegViewer(EndPoint connection) {
        this.connection = connection;
    }

    void watched(MjpegWatch hold) {
        watch.complete(hold);
    }

    /** Done, never with an exception, when nothing is written any more. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Nothing was read or written for the connection's idle timeout. */
    void idle() {
        if (state.get() != State.READY) {
            connection.close(); // which fails the write
        }
    }

    @Override
    public boolean isReady() {
        return state.get() == State.READY;
    }

    @Override
    public boolean wantsRepeats() {
        return true; // so that a client that left is noticed
    }

    @Override
    public void show(SharedJpeg picture) {
        if (!state.compareAndSet(State.READY, State.WRITING)) {
            return;
        }
        MultipartPart part = picture.part();
        connection.write(new Written(part), part.buffer());
    }

    @Override
    public void ended() {
        if (state.getAndUpdate(MjpegViewer::afterEnd) == State.READY) {
            finish();
        }
    }

    private static State afterEnd(State before) {
        return switch (before) {
            case READY, OVER -> State.OVER;
            case WRITING, LAST_WRITE -> State.LAST_WRITE;
        };
    }

    private void finish() {
        watch.thenAccept(MjpegWatch::close);
        over.complete(null);
    }

    private final class Written implements Callback {
        private final MultipartPart part;

        Written(MultipartPart part) {
            this.part = part;
        }

        @Override
        public void succeeded() {
            part.close();
            if (state.compareAndSet(State.WRITING, State.READY)) {
                watch.thenAccept(MjpegWatch::wake);
            } else {
                end();
            }
        }

        @Override
        public void failed(Throwable gone) {
            part.close();
            end();
        }

        private void end() {
            state.set(State.OVER);
            finish();
        }
    }
}
