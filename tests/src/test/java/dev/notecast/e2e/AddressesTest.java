package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers and viewers whose addresses are not simply known to each other. */
@Tag("e2e")
class AddressesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SOME_FRAMES = 2 * CounterClip.FPS;

    @Test
    void aServerBehindARouterIsReachedAtItsPublicAddress() {
        String publicIp = "203.0.113.1";
        try (Namespace here = Namespace.create();
                Namespace router = Namespace.create();
                Namespace viewerNet = Namespace.create()) {
            router.link(here, "in", "10.0.1.1/24", "10.0.1.2/24");
            router.link(viewerNet, "out", publicIp + "/24", "203.0.113.2/24"); // and no route to 10.0.1.0/24
            here.ip("route add default via 10.0.1.1");
            router.sysctl("net.ipv4.ip_forward=1");
            router.iptables("-t nat -A PREROUTING -i out -p udp -j DNAT --to-destination 10.0.1.2");
            router.iptables("-t nat -A PREROUTING -i out -p tcp -j DNAT --to-destination 10.0.1.2");
            try (NotecastServer server = NotecastServer.startIn(here, publicIp, "--public-ip", publicIp);
                    Playwright playwright = Chromium.playwright();
                    Chromium camera = Chromium.withCameraIn(here, playwright, CounterClip.file(), server.base());
                    Chromium viewer = Chromium.startIn(viewerNet, playwright)) {
                PublishPage.publish(camera.open(server.localUrl("cam/publish")), server, "cam", "VP8");
                Page page = viewer.open(server.url("cam/"));
                VideoWatch.ofDecoder(page).awaitCounters(SOME_FRAMES, DEADLINE);
                assertWay(page, "udp", publicIp);
            }
        }
    }

    @Test
    void aViewerThatHidesItsAddressesBehindMdnsNamesIsFoundByWhereItsChecksComeFrom() {
        try (Namespace here = Namespace.create();
                Namespace viewerNet = Namespace.create()) {
            here.link(viewerNet, "v0", "10.0.1.1/24", "10.0.1.2/24");
            viewerNet.ip("route add default via 10.0.1.1"); // multicast needs one
            try (NotecastServer server = NotecastServer.startIn(here, "10.0.1.1");
                    Playwright playwright = Chromium.playwright();
                    Chromium camera = Chromium.withCameraIn(here, playwright, CounterClip.file(), server.base());
                    Chromium viewer = Chromium.startIn(viewerNet, playwright)) {
                PublishPage.publish(camera.open(server.localUrl("cam/publish")), server, "cam", "VP8");
                Page page = viewer.open(URI.create("about:blank"));
                List<String> said = new CopyOnWriteArrayList<>();
                page.onRequest(request -> {
                    if (request.postData() != null) {
                        said.add(request.postData());
                    }
                });
                page.navigate(server.url("cam/").toString());
                VideoWatch.ofDecoder(page).awaitCounters(SOME_FRAMES, DEADLINE);

                String all = String.join("\n", said);
                assertTrue(all.contains(".local "), () -> "no mDNS candidate: " + all);
                assertFalse(all.contains("10.0.1.2"), () -> "the viewer told its address: " + all);
                assertWay(page, "udp", "10.0.1.1");
            }
        }
    }

    /** Where it may not, Chromium has no candidate at all on such a network, and sends nothing. */
    @Test
    void aViewerOnIpv6AloneIsReachedOnceItsPageMayUseACamera() {
        try (Namespace here = Namespace.create();
                Namespace viewerNet = Namespace.create()) {
            here.link(viewerNet, "v0", "fd00:1::1/64", "fd00:1::2/64");
            try (NotecastServer server = NotecastServer.startIn(here, "[fd00:1::1]");
                    Playwright playwright = Chromium.playwright();
                    Chromium camera = Chromium.withCameraIn(here, playwright, CounterClip.file(), server.base());
                    Chromium viewer = Chromium.withCameraIn(viewerNet, playwright, CounterClip.file(), server.base())) {
                PublishPage.publish(camera.open(server.localUrl("cam/publish")), server, "cam", "VP8");
                Page page = viewer.open(server.url(""));
                page.evaluate("async () => { await navigator.mediaDevices.getUserMedia({ video: true }); }");
                page.navigate(server.url("cam/").toString());
                VideoWatch.ofDecoder(page).awaitCounters(SOME_FRAMES, DEADLINE);
                assertWay(page, "udp", "fd00:1::1");
            }
        }
    }

    private static void assertWay(Page page, String protocol, String server) {
        JsonNode way = new PeerStats(page).way();
        assertEquals(protocol, way.at("/local/protocol").asText(), way::toString);
        assertEquals(server, way.at("/remote/address").asText(), way::toString);
    }
}
