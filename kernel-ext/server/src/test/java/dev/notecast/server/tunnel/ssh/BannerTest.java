package dev.notecast.server.tunnel.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BannerTest {
    private final List<URI> found = new ArrayList<>();
    private final Banner banner = new Banner(found::add);

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        banner.write(bytes, 0, bytes.length);
    }

    @Test
    void findsTheAddressAmongAdvertisements() {
        print("===\r\n"
                + "Welcome to localhost.run!\r\n"
                + "Follow https://twitter.com/localhost_run, docs https://localhost.run/docs/\r\n");
        print("** your connection id is 0e5f2b1c, please mention it **\r\n");
        assertEquals(List.of(), found);
        print("8a9b7c6d5e4f3a.lhr.life tunneled with tls termination, https://8a9b7c6d5e4f3a.lhr.life\r\n");
        print("\u001B[32mForwarding HTTP traffic from \u001B[1mhttps://cam.serveo.net\u001B[0m\r\n");
        assertEquals(
                List.of(URI.create("https://8a9b7c6d5e4f3a.lhr.life/"), URI.create("https://cam.serveo.net/")), found);
    }

    @Test
    void aLineWithoutAnEndTakesNoMemory() {
        for (int i = 0; i < 1000; i++) {
            print("tunneled ".repeat(1000));
        }
        print("https://late.example\n");
        assertEquals(List.of(), found);
    }
}
