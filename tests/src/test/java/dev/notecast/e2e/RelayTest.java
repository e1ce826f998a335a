package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.net.Namespace;
import dev.notecast.e2e.net.TurnHost;
import dev.notecast.e2e.server.NotecastServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as in a hosted notebook: nothing comes in but HTTP by a tunnel, and the way out gets narrower. */
@Tag("e2e")
class RelayTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SOME_FRAMES = 2 * CounterClip.FPS;
    private static final String PUBLIC_IP = "203.0.113.1";
    private static final String TURN_IP = "198.51.100.2";

    @TempDir
    private static Path folder;

    @Test
    void aServerBehindASymmetricNatIsSeenThroughRelaysByWhateverWayIsLeft() {
        Path clip = CounterClip.file();
        try (Namespace here = Namespace.create();
                Namespace router = Namespace.create();
                Namespace viewerNet = Namespace.create();
                Namespace turnNet = Namespace.create()) {
            router.link(here, "in", "10.0.1.1/24", "10.0.1.2/24");
            router.link(viewerNet, "out", PUBLIC_IP + "/24", "203.0.113.2/24");
            router.link(turnNet, "turn", "198.51.100.1/24", TURN_IP + "/24");
            here.ip("route add default via 10.0.1.1");
            viewerNet.ip("route add default via " + PUBLIC_IP);
            turnNet.ip("route add default via 198.51.100.1");
            router.sysctl("net.ipv4.ip_forward=1");
            router.iptables("-t nat -A POSTROUTING -s 10.0.1.0/24 -j MASQUERADE --random");
            router.iptables("-A FORWARD -i out -o in -p udp -j DROP");
            router.iptables("-A FORWARD -i in -o out -p udp -j DROP"); // the viewer's own NAT
            for (String way : new String[] {"udp --dport 3478", "tcp --dport 3478", "tcp --dport 443"}) {
                turnNet.iptables("-A INPUT -p " + way + " -j ACCEPT");
            }
            try (TurnHost turn = TurnHost.startIn(turnNet, TURN_IP, folder);
                    NotecastServer server =
                            NotecastServer.startIn(here, PUBLIC_IP, turn.iceServers(), turn.trustStore());
                    Playwright playwright = Chromium.playwright();
                    Chromium camera = Chromium.withCameraIn(here, playwright, clip, server.base());
                    Chromium viewer =
                            Chromium.startIn(viewerNet, playwright, "--disable-features=WebRtcHideLocalIpsWithMdns")) {
                int port = server.base().getPort();
                router.iptables("-t nat -A PREROUTING -i out -p tcp --dport " + port + " -j DNAT --to 10.0.1.2");
                router.iptables("-A FORWARD -i out -o in -p tcp ! --dport " + port + " -j DROP");
                PublishPage.publish(camera.open(server.localUrl("cam/publish")), server, "cam", "VP8");

                String noUdpOfTheViewer = " FORWARD -i out -p udp -j DROP";
                String onlyTurnOfTheServer = " FORWARD -i in -p udp ! --dport 3478 -j DROP";
                router.iptables("-I" + noUdpOfTheViewer);
                router.iptables("-I" + onlyTurnOfTheServer);
                aPageBehindAFirewallIsToldOfTheRelay(viewer, server);
                router.iptables("-D" + onlyTurnOfTheServer);
                router.iptables("-D" + noUdpOfTheViewer);

                String answer = answerThatShows(viewer, server, turnNet, "UDP", 1);
                String reflexive = " 198.51.100.1 \\d+ typ srflx raddr 10.0.1.2 rport ".replace(".", "\\.");
                assertTrue(
                        answer.lines().anyMatch(line -> line.matches("a=candidate:.*" + reflexive + server.udpPort())),
                        answer);
                assertEquals(
                        3,
                        answer.lines()
                                .filter(line -> line.contains(" typ relay "))
                                .count(),
                        () -> answer + String.join("\n", server.output()) + String.join("\n", turn.log()));

                router.iptables("-I FORWARD -i in -p udp -j DROP");
                answerThatShows(viewer, server, turnNet, "TCP", 2);
                router.iptables("-I FORWARD -i in -p tcp --dport 3478 -j DROP");
                answerThatShows(viewer, server, turnNet, "TLS", 3);
                assertTrue(
                        turn.log().stream().anyMatch(line -> line.contains("CHANNEL_BIND processed, success")),
                        () -> String.join("\n", turn.log()));
            }
        }
    }

    /**
     * Nothing but TCP leaves the viewer's network, and none of it reaches the server's media, which itself reaches the
     * TURN server only: each side has its own relay.
     */
    private static void aPageBehindAFirewallIsToldOfTheRelay(Chromium viewer, NotecastServer server) {
        Page page = viewer.open(server.url("cam/"));
        VideoWatch.ofDecoder(page).awaitCounters(SOME_FRAMES, DEADLINE);
        JsonNode pair = new PeerStats(page).way();
        assertEquals(TURN_IP, pair.at("/local/address").asText(), pair::toString); // the page's own relay
        assertEquals("tcp", pair.at("/local/relayProtocol").asText(), pair::toString);
        assertEquals("relay", pair.at("/remote/candidateType").asText(), pair::toString);
        assertEquals(TURN_IP, pair.at("/remote/address").asText(), pair::toString);
        printRoundTrip("both sides relayed, the viewer's by TCP", pair);
        aRestartAsksForCredentialsThatLast(page);
        page.close();
    }

    private static void aRestartAsksForCredentialsThatLast(Page page) {
        Response restarted = page.waitForResponse(
                each -> each.request().method().equals("PATCH") && each.status() == 200, // others only tell candidates
                () -> page.waitForRequest(
                        each -> each.method().equals("OPTIONS") && each.url().endsWith("/whep"),
                        () -> page.evaluate("() => dispatchEvent(new Event('online'))")));
        assertTrue(restarted.text().contains("a=ice-ufrag:"), restarted::text);
        VideoWatch.ofDecoder(page).awaitCounters(SOME_FRAMES, DEADLINE);
    }

    /** A new viewer that knows of no TURN server sees the picture, by a relay that the server reaches so. @return what it was answered */
    private static String answerThatShows(
            Chromium viewer, NotecastServer server, Namespace turnNet, String way, int rule) {
        long before = turnNet.packets("INPUT", rule);
        Page page = viewer.open(URI.create("about:blank"));
        page.route("**/whep*", route -> {
            if (route.request().method().equals("OPTIONS")) {
                route.abort();
            } else {
                route.resume();
            }
        });
        Response response = page.waitForResponse(
                each -> each.request().method().equals("POST") && each.url().contains("/whep"),
                () -> page.navigate(server.url("cam/").toString()));
        VideoWatch.ofDecoder(page).awaitCounters(SOME_FRAMES, DEADLINE);
        JsonNode pair = new PeerStats(page).way();
        assertEquals("relay", pair.at("/remote/candidateType").asText(), pair::toString);
        assertEquals(TURN_IP, pair.at("/remote/address").asText(), pair::toString);
        printRoundTrip("the server's side relayed by " + way, pair);
        String answer = response.text();
        page.close();
        long packets = turnNet.packets("INPUT", rule) - before;
        System.out.println("through the TURN server: " + packets + " packets by " + way);
        assertTrue(packets > SOME_FRAMES, () -> "only " + packets + " packets came to the TURN server by " + way);
        return answer;
    }

    private static void printRoundTrip(String what, JsonNode pair) {
        System.out.printf(
                "%s: %.1f ms there and back%n", what, pair.path("roundTripTime").asDouble() * 1000);
    }
}
