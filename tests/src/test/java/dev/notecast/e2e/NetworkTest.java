package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.net.Namespace;
import dev.notecast.e2e.server.NotecastServer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks that lose UDP, change under a viewer, or hide the server: each test has networks of its own. */
@Tag("e2e")
class NetworkTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SOME_FRAMES = 2 * CounterClip.FPS;
    private static final String SERVER = "10.9.9.1";

    @Test
    void aPublisherAndAViewerGoOverTcpWhereUdpIsDropped() {
        try (Namespace here = Namespace.create();
                Namespace cameraNet = Namespace.create();
                Namespace viewerNet = Namespace.create()) {
            here.address("lo", SERVER + "/32");
            here.route(cameraNet, "c0", "10.0.1", SERVER);
            here.route(viewerNet, "v0", "10.0.2", SERVER);
            dropUdp(cameraNet);
            dropUdp(viewerNet);
            try (NotecastServer server = NotecastServer.startIn(here, SERVER);
                    Playwright playwright = Chromium.playwright();
                    Chromium camera = Chromium.withCameraIn(cameraNet, playwright, CounterClip.file(), server.base());
                    Chromium viewer = Chromium.startIn(viewerNet, playwright)) {
                Page publisher = PublishPage.publish(camera, server, "cam", "VP8");
                Page page = viewer.open(server.url("cam/"));
                VideoWatch.ofDecoder(page).awaitCounters(SOME_FRAMES, DEADLINE);

                for (Page each : new Page[] {publisher, page}) {
                    JsonNode way = new PeerStats(each).way();
                    assertEquals("tcp", way.at("/local/protocol").asText(), way::toString);
                }
                for (Namespace each : new Namespace[] {cameraNet, viewerNet}) {
                    assertTrue(each.packets("OUTPUT", 1) > 0, "no datagram was sent in vain");
                    assertTrue(each.packets("OUTPUT", 2) > SOME_FRAMES, "TCP carried nothing");
                }
            }
        }
    }

    @Test
    void aSessionOnUdpGoesOnOverTcpWhenUdpIsLost() {
        try (Namespace here = Namespace.create();
                Namespace viewerNet = Namespace.create()) {
            here.address("lo", SERVER + "/32");
            here.route(viewerNet, "v0", "10.0.2", SERVER);
            try (NotecastServer server = NotecastServer.startIn(here, SERVER);
                    Playwright playwright = Chromium.playwright();
                    Chromium camera = Chromium.withCameraIn(here, playwright, CounterClip.file(), server.base());
                    Chromium viewer = Chromium.startIn(viewerNet, playwright)) {
                PublishPage.publish(camera.open(server.localUrl("cam/publish")), server, "cam", "VP8");
                Page page = viewer.open(server.url("cam/"));
                VideoWatch video = VideoWatch.ofDecoder(page);
                video.awaitCounters(SOME_FRAMES, DEADLINE);
                PeerStats stats = new PeerStats(page);
                assertEquals("udp", stats.way().at("/local/protocol").asText());
                Set<String> sessions = ids(server);

                dropUdp(viewerNet);
                Await.condition(
                        "the way over TCP",
                        DEADLINE,
                        () -> stats.way().at("/local/protocol").asText().equals("tcp"));
                video.awaitCounters(video.counters().size() + SOME_FRAMES, DEADLINE);
                assertEquals(sessions, ids(server), "sessions");
                assertTrue(video.isSame(), "another video element or stream");
                assertTrue(viewerNet.packets("OUTPUT", 1) > 0, "no datagram was sent in vain");
            }
        }
    }

    @Test
    void theViewerFollowsWhenItsNetworkIsReplacedByAnother() {
        try (Namespace here = Namespace.create();
                Namespace viewerNet = Namespace.create()) {
            here.address("lo", SERVER + "/32");
            here.route(viewerNet, "v0", "10.0.2", SERVER);
            here.link(viewerNet, "w0", "10.0.3.1/24", "10.0.3.2/24");
            viewerNet.ip("link set w0 down");
            try (NotecastServer server = NotecastServer.startIn(here, SERVER);
                    Playwright playwright = Chromium.playwright();
                    Chromium camera = Chromium.withCameraIn(here, playwright, CounterClip.file(), server.base());
                    Chromium viewer = Chromium.startIn(viewerNet, playwright)) {
                PublishPage.publish(camera.open(server.localUrl("cam/publish")), server, "cam", "VP8");
                Page page = viewer.open(server.url("cam/"));
                VideoWatch video = VideoWatch.ofDecoder(page);
                video.awaitCounters(SOME_FRAMES, DEADLINE);
                Set<String> sessions = ids(server);

                viewerNet.ip("link set v0 down");
                viewerNet.ip("link set w0 up");
                viewerNet.ip("route add " + SERVER + " via 10.0.3.1");
                int before = video.counters().size();
                video.awaitCounters(before + SOME_FRAMES, DEADLINE);
                assertEquals(sessions, ids(server), "sessions");
                assertTrue(video.isSame(), "another video element or stream");
            }
        }
    }

    /** Both ways; the second rule of OUTPUT counts what goes out by TCP. */
    private static void dropUdp(Namespace network) {
        network.iptables("-A OUTPUT -p udp -j DROP");
        network.iptables("-A OUTPUT -p tcp -j ACCEPT");
        network.iptables("-A INPUT -p udp -j DROP");
    }

    private static Set<String> ids(NotecastServer server) {
        return server.sessions().stream()
                .map(session -> session.path("id").asText())
                .collect(Collectors.toSet());
    }
}
