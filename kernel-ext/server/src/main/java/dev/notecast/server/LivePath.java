package dev.notecast.server;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.cell.CellCode;
import dev.notecast.vision.cell.CellSettings;
import dev.notecast.vision.cell.CellWatch;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.frame.Frames;
import dev.notecast.vision.pipeline.PipelineException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A path as notebook cells use it: {@code var cam = Notecast.path("cam"); cam.latest()}. It names the path, whoever
 * publishes there and whichever server runs. Any thread; what cannot be done is a {@link NotecastException} of one line.
 */
public final class LivePath {
    private static final String OUT = "-ai"; // what is made of a path, where it is not named
    private static final Duration FIRST_PICTURE = Duration.ofSeconds(10);

    private final PathName name;

    LivePath(PathName name) {
        this.name = name;
    }

    public PathName name() {
        return name;
    }

    /** The newest picture; waits up to ten seconds for the first one. */
    public Frame latest() {
        return latest(FIRST_PICTURE);
    }

    /** The newest picture, waiting no longer than this for the first one. */
    public Frame latest(Duration wait) {
        return ask(server -> server.media().newestFrames().latest(name, wait)).orElseThrow(() -> noPicture(wait));
    }

    /**
     * The pictures of the last seconds, and the newest one in any case. Pictures are kept only from the first call on (or
     * from {@link #rewind}), the last 30 seconds and 64 MB of them at most, in memory only, and until nobody has asked for
     * ten minutes; the result's note says when there are fewer than was asked for.
     */
    public Frames last(Duration span) {
        if (span.isNegative() || span.isZero()) {
            throw new NotecastException("the last " + span.toMillis() + " ms hold no picture: ask for more");
        }
        Frames frames = ask(server -> server.media().rewinds().last(name, span, FIRST_PICTURE));
        if (frames.isEmpty()) {
            throw noPicture(FIRST_PICTURE);
        }
        return frames;
    }

    /** Keeps the last seconds from now on, 60 and 64 MB at most, so that {@link #last} has them; none ends it. */
    public void rewind(Duration span) {
        if (span.isNegative() || span.isZero()) {
            server().media().rewinds().drop(name);
            return;
        }
        ask(server -> {
            server.media().rewinds().keep(name, span);
            return true;
        });
    }

    /**
     * What is found in the path's pictures from now on, by the pipeline that makes them or by programs outside, one by
     * one. The stream waits for more until the server stops or the cell is interrupted; a reader that is slow by more than
     * {@value dev.notecast.vision.detection.DetectionBoard#KEPT} pictures misses the oldest. A pipeline works while it is
     * read, though nobody watches.
     */
    public Stream<Detection> detections() {
        return findings().flatMap(found -> found.detections().stream());
    }

    /** The same picture by picture: with the size of each and who has looked at it, and an empty one when all is gone. */
    public Stream<Findings> findings() {
        Notecast server = server();
        if (!server.media().isPublished(name)) {
            throw nobodyPublishes(server);
        }
        return server.media().findings(name);
    }

    /**
     * Takes the path's pictures through code to the path of this name and {@code -ai}, with every protocol a path has:
     * {@code cam.process(f -> f.scaled(320))}. Calling it again exchanges the code between two pictures. When it throws or
     * takes longer than two seconds for a picture, the code before goes on, and {@code %pipeline list} says why.
     *
     * @param code gives the picture to show: a {@link Frame}, a {@code BufferedImage} or a {@code Mat}
     * @return the path that is made
     */
    public LivePath process(CellCode.Maker code) {
        return process(name + OUT, code);
    }

    /** The same to another path. */
    public LivePath process(String out, CellCode.Maker code) {
        return process(out, CellCode.of(null, code));
    }

    /** The same with code that draws on each picture: {@code cam.process((f, g) -> g.drawString("hello", 20, 40))}. */
    public LivePath process(CellCode.Painter code) {
        return process(name + OUT, code);
    }

    /** The same to another path. */
    public LivePath process(String out, CellCode.Painter code) {
        return process(out, CellCode.of(null, code));
    }

    private LivePath process(String out, CellCode code) {
        LivePath made = Notecast.path(out);
        try {
            server().cellFilters().run(CellSettings.of(name, made.name), code, CellWatch.NOBODY);
        } catch (PipelineException | IllegalArgumentException e) {
            throw new NotecastException(e.getMessage(), e);
        }
        return made;
    }

    /** A question to the server that may have to wait. */
    private interface Question<T> {
        T ask(Notecast server) throws InterruptedException;
    }

    private <T> T ask(Question<T> question) {
        Notecast server = server();
        try {
            return question.ask(server);
        } catch (NoStreamException e) {
            throw nobodyPublishes(server);
        } catch (CodecException | IllegalStateException e) {
            throw new NotecastException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotecastException("interrupted before a picture came on path '" + name + "'");
        }
    }

    private static Notecast server() {
        return Notecast.running()
                .orElseThrow(() -> new NotecastException("no server runs: start one with '%sfu start'"));
    }

    private NotecastException nobodyPublishes(Notecast server) {
        return new NotecastException("nobody publishes on path '" + name + "': open " + server.publishUrl(name)
                + " or run '%sfu publish " + name + " --from test'");
    }

    private NotecastException noPicture(Duration wait) {
        return new NotecastException("no picture came on path '" + name + "' within " + wait.toMillis()
                + " ms: its publisher sends no video, or no keyframe");
    }

    @Override
    public String toString() {
        return "path " + name;
    }
}
