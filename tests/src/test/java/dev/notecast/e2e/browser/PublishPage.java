package dev.notecast.e2e.browser;

import com.microsoft.playwright.Page;
import dev.notecast.e2e.Await;
import dev.notecast.e2e.server.NotecastServer;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.time.Duration;

/** The server's own page that publishes a camera, as a person uses it. */
public final class PublishPage {
    private static final Duration PUBLISH_DEADLINE = Duration.ofSeconds(60);

    private PublishPage() {}

    /** Publishes the browser's camera to a path with a codec, {@code VP8} or {@code H264}. */
    public static Page publish(Chromium chromium, NotecastServer server, String path, String codec) {
        return publish(chromium.open(server.url(path + "/publish")), server, path, codec);
    }

    /** The same to a server in this JVM. */
    public static Page publish(Chromium chromium, Notecast server, PathName path, String codec) {
        Page page = chromium.open(server.publishUrl(path));
        start(page, codec);
        Await.condition("a stream on path " + path, PUBLISH_DEADLINE, () -> server.streams().stream()
                .anyMatch(stream -> stream.path().equals(path) && stream.packets() > 0));
        return page;
    }

    /** The same with a page that is open already. */
    public static Page publish(Page page, NotecastServer server, String path, String codec) {
        start(page, codec);
        Await.condition("a stream on path " + path, PUBLISH_DEADLINE, () -> server.path(path)
                .filter(stream -> stream.path("packets").asLong() > 0)
                .isPresent());
        return page;
    }

    private static void start(Page page, String codec) {
        page.selectOption("#resolution", "360"); // the clip's own
        page.selectOption("#codec", codec);
        page.click("#start");
    }
}
