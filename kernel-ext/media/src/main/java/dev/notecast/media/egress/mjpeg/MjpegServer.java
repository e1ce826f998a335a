package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Pictures of paths as JPEG. A path is decoded, and a picture encoded, only while somebody looks or the path was
 * started; viewers with the same width and quality share one encoding, of which a path has four at most: who asks for a
 * fifth gets the nearest.
 */
public final class MjpegServer implements AutoCloseable {
    private static final int MAX_VIEWERS = 500;
    private static final int MAX_ENCODINGS_PER_PATH = 4;

    private final MjpegInput input;
    private final BiConsumer<PathName, JpegFrame> fullSize;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<JpegKey, JpegFeed> feeds = new HashMap<>(); // guarded by lock
    private final Map<PathName, JpegOptions> started = new ConcurrentHashMap<>(); // changed under lock
    private boolean closed;

    public MjpegServer(MjpegInput input) {
        this(input, (path, frame) -> {});
    }

    /** @param fullSize told of every picture that was not scaled, on its feed's thread */
    public MjpegServer(MjpegInput input, BiConsumer<PathName, JpegFrame> fullSize) {
        this.input = input;
        this.fullSize = fullSize;
    }

    /**
     * Opens a reader; the path's decoder starts with the first.
     *
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     * @throws IllegalStateException when there are too many viewers, or the server has stopped
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     */
    public MjpegReader open(PathName path, JpegOptions options) {
        PathMjpegReader reader = new PathMjpegReader(path);
        reader.watch(watch(path, options, reader));
        return reader;
    }

    /**
     * Shows a path's pictures to a viewer from now on, until either side ends it.
     *
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     * @throws IllegalStateException when there are too many viewers, or the server has stopped
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     */
    public MjpegWatch watch(PathName path, JpegOptions options, JpegViewer viewer) {
        return join(JpegKey.of(path, options), feed -> {
            if (feeds.values().stream().mapToInt(each -> each.viewers().size()).sum() >= MAX_VIEWERS) {
                throw new IllegalStateException("more than " + MAX_VIEWERS + " MJPEG viewers: close some first");
            }
            FeedViewer member = new FeedViewer(viewer, options.fps());
            feed.add(member);
            return new Hold(feed, member);
        });
    }

    /**
     * Keeps a path's pictures ready without viewers, and makes these options its defaults; starting again changes them.
     *
     * @return what is kept ready: the nearest encoding, where the path has four others
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     * @throws IllegalStateException when the server has stopped
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     */
    public JpegOptions start(PathName path, JpegOptions options) {
        return join(JpegKey.of(path, options), feed -> {
            JpegOptions kept = new JpegOptions(feed.key().width(), feed.key().quality(), options.fps());
            started.put(path, kept);
            feed.wake();
            List.copyOf(feeds.values()).forEach(this::closeUnused); // the one that was started before
            return kept;
        });
    }

    /** What viewers of a path get who ask for nothing else. */
    public JpegOptions defaults(PathName path) {
        return started.getOrDefault(path, JpegOptions.DEFAULT);
    }

    /**
     * Ends a path's pictures: what was started, and every viewer. A later viewer starts them again.
     *
     * @return how many viewers were told; empty when there was nothing to stop
     */
    public Optional<Integer> stop(PathName path) {
        List<JpegFeed> ended;
        boolean wasStarted;
        lock.lock();
        try {
            wasStarted = started.remove(path) != null;
            ended = feeds.values().stream()
                    .filter(feed -> feed.key().path().equals(path))
                    .toList();
            feeds.values().removeAll(ended);
        } finally {
            lock.unlock();
        }
        int viewers = end(ended);
        return wasStarted || !ended.isEmpty() ? Optional.of(viewers) : Optional.empty();
    }

    /** Every encoding there is now, by path. */
    public List<MjpegStatus> status() {
        lock.lock();
        try {
            return feeds.values().stream()
                    .map(this::status)
                    .sorted(Comparator.comparing(
                                    (MjpegStatus status) -> status.path().value())
                            .thenComparing(status -> status.options().width())
                            .thenComparing(status -> status.options().quality()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private MjpegStatus status(JpegFeed feed) {
        JpegKey key = feed.key();
        return new MjpegStatus(
                key.path(),
                new JpegOptions(key.width(), key.quality(), defaults(key.path()).fps()),
                isStarted(key),
                feed.newest().map(JpegFrame::width).orElse(0),
                feed.newest().map(JpegFrame::height).orElse(0),
                feed.viewers().size(),
                feed.fpsIn(),
                feed.fpsOut(),
                feed.encodeMillis(),
                feed.sent(),
                feed.skipped());
    }

    private boolean isStarted(JpegKey key) {
        JpegOptions options = started.get(key.path());
        return options != null && JpegKey.of(key.path(), options).equals(key);
    }

    /** @param joining called under the lock with the feed for what was asked */
    private <T> T join(JpegKey asked, Function<JpegFeed, T> joining) {
        Pictures opened = null;
        try {
            while (true) {
                lock.lock();
                try {
                    JpegFeed feed = feeds.get(keyFor(asked));
                    if (feed != null) {
                        feed.requireStream();
                    } else if (opened != null) {
                        feed = start(keyFor(asked), opened);
                        opened = null;
                    }
                    if (feed != null) {
                        return join(feed, joining);
                    }
                } finally {
                    lock.unlock();
                }
                opened = input.open(asked.path()); // not under the lock: a path may take seconds to answer
            }
        } finally {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private <T> T join(JpegFeed feed, Function<JpegFeed, T> joining) {
        try {
            return joining.apply(feed);
        } finally {
            closeUnused(feed);
        }
    }

    private JpegKey keyFor(JpegKey asked) {
        if (closed) {
            throw new IllegalStateException("the server has stopped");
        }
        List<JpegKey> there = feeds.keySet().stream()
                .filter(key -> key.path().equals(asked.path()))
                .toList();
        return there.contains(asked) || there.size() < MAX_ENCODINGS_PER_PATH ? asked : asked.nearest(there);
    }

    private JpegFeed start(JpegKey key, Pictures pictures) {
        JpegFeed feed = new JpegFeed(key, pictures, this::encoded, this::ended);
        feeds.put(key, feed);
        feed.start();
        return feed;
    }

    private void leave(JpegFeed feed, FeedViewer viewer) {
        lock.lock();
        try {
            if (feed.remove(viewer)) {
                closeUnused(feed);
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeUnused(JpegFeed feed) {
        if (feed.viewers().isEmpty() && !isStarted(feed.key())) {
            feeds.remove(feed.key(), feed);
            feed.close();
        }
    }

    private void encoded(JpegFeed feed, JpegFrame frame) {
        if (feed.key().width() == 0) {
            fullSize.accept(feed.key().path(), frame);
        }
    }

    /** The path is gone, or the feed has failed. */
    private void ended(JpegFeed feed) {
        lock.lock();
        try {
            if (feeds.remove(feed.key(), feed) && isStarted(feed.key())) {
                started.remove(feed.key().path());
            }
        } finally {
            lock.unlock();
        }
        end(List.of(feed));
    }

    /** Not under the lock: viewers may call back. */
    private static int end(List<JpegFeed> feeds) {
        List<FeedViewer> told = feeds.stream()
                .flatMap(feed -> feed.viewers().stream().filter(feed::remove))
                .toList(); // before a feed ends, which then tells those that it still has
        feeds.forEach(JpegFeed::close);
        told.forEach(member -> member.viewer().ended());
        return told.size();
    }

    /** Ends every viewer and the threads; may be called twice. */
    @Override
    public void close() {
        List<JpegFeed> all;
        lock.lock();
        try {
            closed = true;
            started.clear();
            all = List.copyOf(feeds.values());
            feeds.clear();
        } finally {
            lock.unlock();
        }
        end(all);
    }

    private final class Hold implements MjpegWatch {
        private final JpegFeed feed;
        private final FeedViewer viewer;

        Hold(JpegFeed feed, FeedViewer viewer) {
            this.feed = feed;
            this.viewer = viewer;
        }

        @Override
        public void wake() {
            feed.wake();
        }

        @Override
        public void close() {
            leave(feed, viewer);
        }
    }
}
