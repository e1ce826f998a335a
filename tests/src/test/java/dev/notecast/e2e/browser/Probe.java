package dev.notecast.e2e.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The script that tests put into pages, {@code window.notecastProbe}. */
public final class Probe {
    private static final String RESOURCE = "/e2e/page-probe.js";

    private Probe() {}

    public static String script() {
        try (InputStream in = Probe.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }
}
