package dev.notecast.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.Tools;
import dev.notecast.e2e.net.Namespace;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A headless Chromium of the system, a process of its own; every page of it carries the probe. */
public final class Chromium implements AutoCloseable {
    private static final double PAGE_DEADLINE_MS = 60_000;

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection"); // one more pair to try, and traffic that no firewall sees

    private final Browser browser;
    private final BrowserContext context;

    private Chromium(Browser browser) {
        this.browser = browser;
        context = browser.newContext();
        context.setDefaultTimeout(PAGE_DEADLINE_MS);
        context.addInitScript(Probe.script());
    }

    /** Skips the test when there is no Chromium. */
    public static Playwright playwright() {
        Tools.chromium();
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    public static Chromium start(Playwright playwright, String... flags) {
        return start(playwright, Tools.chromium(), flags);
    }

    /** One on a network of the test's. */
    public static Chromium startIn(Namespace network, Playwright playwright, String... flags) {
        return start(playwright, network.wrap(Tools.chromium()), flags);
    }

    private static Chromium start(Playwright playwright, Path program, String... flags) {
        List<String> all = new ArrayList<>(FLAGS);
        all.addAll(Arrays.asList(flags));
        return new Chromium(playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setHeadless(true)
                        .setArgs(all)));
    }

    /** One whose camera plays a clip, and whose pages may use it without asking. */
    public static Chromium withCamera(Playwright playwright, Path clip) {
        return start(playwright, cameraFlags(clip));
    }

    /** The same on a network of the test's; its pages may use it wherever they come from. */
    public static Chromium withCameraIn(Namespace network, Playwright playwright, Path clip, URI server) {
        List<String> flags = new ArrayList<>(List.of(cameraFlags(clip)));
        flags.add("--unsafely-treat-insecure-origin-as-secure=http://" + server.getAuthority());
        return startIn(network, playwright, flags.toArray(String[]::new));
    }

    private static String[] cameraFlags(Path clip) {
        return new String[] {
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            "--use-file-for-fake-video-capture=" + clip
        };
    }

    /** From now on pages think that only a relay may carry media, and have none: as behind a strict firewall. */
    public Chromium withoutWayForMedia() {
        context.addInitScript(
                """
                (() => {
                  const Peer = window.RTCPeerConnection;
                  window.RTCPeerConnection = class extends Peer {
                    constructor(options) {
                      super({ ...options, iceTransportPolicy: 'relay' });
                    }
                  };
                })()""");
        return this;
    }

    /** From now on pages see only those of the server's candidates that have this port: the others are out of reach. */
    public Chromium withCandidatesOfPort(int port) {
        context.addInitScript(
                """
                (() => {
                  const Peer = window.RTCPeerConnection;
                  window.RTCPeerConnection = class extends Peer {
                    setRemoteDescription({ type, sdp }) {
                      const kept = sdp.split('\\r\\n').filter((line) => !line.startsWith('a=candidate:') || line.split(' ')[5] === '%d');
                      return super.setRemoteDescription({ type, sdp: kept.join('\\r\\n') });
                    }
                  };
                })()"""
                        .formatted(port));
        return this;
    }

    public Page open(URI url) {
        Page page = context.newPage();
        page.navigate(url.toString());
        return page;
    }

    /** For the next test that shares it. */
    public void closePages() {
        context.pages().forEach(Page::close);
    }

    @Override
    public void close() {
        browser.close();
    }
}
