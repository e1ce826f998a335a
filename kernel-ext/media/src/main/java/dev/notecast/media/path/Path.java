package dev.notecast.media.path;

import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One name with at most one publisher and any number of readers. One virtual thread drains the commands and is the only
 * one that changes the path. An empty path ends by itself; {@link PathManager} makes a new one when it is needed.
 */
final class Path {
    private static final Logger LOG = LoggerFactory.getLogger(Path.class);
    private static final int MAX_WAITING = 1024; // more joins means somebody floods

    private sealed interface Command {}

    private record Publish(Source source, List<Track> tracks, CompletableFuture<Stream> reply) implements Command {}

    private record Unpublish(Source source) implements Command {}

    private record AddReader(Reader reader, CompletableFuture<Void> reply) implements Command {}

    private record RemoveReader(Reader reader) implements Command {}

    private record Close() implements Command {}

    private final PathName name;
    private final PathRules rules;
    private final Runnable onEnd;
    // Joins are refused at the limit. Who leaves had joined, and may be an event loop, so leaving never waits or fails;
    // who joined leaves once, or twice where it gave up waiting, which bounds those by the sessions of the server.
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // Owned by the path's thread; the volatile copies are for tables.
    private final List<Reader> readers = new ArrayList<>();
    private volatile Stream stream;
    private volatile List<String> readerDescriptions = List.of();

    Path(PathName name, PathRules rules, Runnable onEnd) {
        this.name = name;
        this.rules = rules;
        this.onEnd = onEnd;
        Thread.ofVirtual().name("notecast-path-" + name).start(this::run);
    }

    /**
     * @throws PathGoneException when the path ended before the command was taken
     * @throws IllegalStateException when too many wait
     */
    CompletableFuture<Stream> publish(Source source, List<Track> tracks) {
        CompletableFuture<Stream> reply = new CompletableFuture<>();
        join(new Publish(source, tracks, reply));
        return reply;
    }

    void unpublish(Source source) {
        leave(new Unpublish(source));
    }

    CompletableFuture<Void> addReader(Reader reader) {
        CompletableFuture<Void> reply = new CompletableFuture<>();
        join(new AddReader(reader, reply));
        return reply;
    }

    void removeReader(Reader reader) {
        leave(new RemoveReader(reader));
    }

    /** Ends the stream and every reader; the future completes when that is done. */
    CompletableFuture<Void> close() {
        if (closing.compareAndSet(false, true)) {
            leave(new Close());
        }
        return ended;
    }

    /** Commands that wait for the path's thread. */
    int waiting() {
        return commands.size();
    }

    Optional<Stream> stream() {
        return Optional.ofNullable(stream);
    }

    PathInfo info() {
        return new PathInfo(name, stream(), readerDescriptions);
    }

    private void join(Command command) {
        if (ended.isDone()) {
            throw new PathGoneException(name);
        }
        if (commands.size() >= MAX_WAITING) {
            throw new IllegalStateException("path '" + name + "' is busy: try again in a moment");
        }
        commands.add(command);
        if (ended.isDone()) {
            refuseWaiting(); // the thread may have ended between the two checks
        }
    }

    private void leave(Command command) {
        if (!ended.isDone()) {
            commands.add(command);
        }
    }

    private void run() {
        boolean open = true;
        while (open) {
            Command command;
            try {
                command = commands.take();
            } catch (InterruptedException e) {
                break;
            }
            try {
                carryOut(command);
            } catch (RuntimeException e) { // a bug of a source or a reader, which must not leave the path hanging
                LOG.error("[path {}] a source or a reader failed", name, e);
                refuse(command, e);
                if (command instanceof Publish publish) {
                    commands.add(new Unpublish(publish.source()));
                }
            }
            open = !(command instanceof Close) && (stream != null || !readers.isEmpty());
        }
        ended.complete(null);
        onEnd.run();
        refuseWaiting();
    }

    private void carryOut(Command command) {
        switch (command) {
            case Publish publish -> start(publish);
            case Unpublish unpublish -> stop(unpublish.source());
            case AddReader add -> add(add);
            case RemoveReader remove -> remove(remove.reader());
            case Close close -> stopAll();
        }
    }

    private void refuseWaiting() {
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            refuse(command, new PathGoneException(name));
        }
    }

    private static void refuse(Command command, RuntimeException why) {
        switch (command) {
            case Publish publish -> publish.reply().completeExceptionally(why);
            case AddReader add -> add.reply().completeExceptionally(why);
            case Unpublish unpublish -> {}
            case RemoveReader remove -> {}
            case Close close -> {}
        }
    }

    private void start(Publish publish) {
        if (stream != null && (rules.takeover() || stream.source().isReplaceable())) {
            stopStream("another publisher has taken the path");
        }
        if (stream != null) {
            publish.reply()
                    .completeExceptionally(
                            new PathTakenException(name, stream.source().description()));
            return;
        }
        Stream started = new Stream(publish.source(), publish.tracks());
        stream = started;
        readers.forEach(started::attach);
        publish.reply().complete(started);
    }

    private void stop(Source source) {
        if (stream != null && stream.source() == source) {
            stream.end();
            stream = null;
        }
    }

    private void add(AddReader add) {
        if (stream == null) {
            add.reply().completeExceptionally(new NoStreamException(name));
            return;
        }
        if (readers.size() >= rules.maxReaders()) {
            add.reply().completeExceptionally(new PathFullException(name, readers.size()));
            return;
        }
        stream.attach(add.reader());
        readers.add(add.reader());
        describeReaders();
        add.reply().complete(null);
    }

    private void remove(Reader reader) {
        readers.remove(reader);
        if (stream != null) {
            stream.detach(reader);
        }
        describeReaders();
    }

    private void stopAll() {
        if (stream != null) {
            stopStream("the path was closed");
        }
        readers.forEach(Reader::pathClosed);
        readers.clear();
        describeReaders();
    }

    private void stopStream(String reason) {
        Source source = stream.source();
        stop(source);
        source.close(reason);
    }

    private void describeReaders() {
        readerDescriptions = readers.stream().map(Reader::description).toList();
    }

    /** The path ended while a command was on its way; the caller tries again on a new one. */
    static final class PathGoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PathGoneException(PathName name) {
            super("path '" + name + "' has just ended");
        }
    }
}
