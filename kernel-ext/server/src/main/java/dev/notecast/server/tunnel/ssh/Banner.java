package dev.notecast.server.tunnel.ssh;

import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the address in what a tunnel service prints, among its advertisements. */
final class Banner extends OutputStream {
    private static final int MAX_LINE = 4096; // the rest of a longer one is dropped
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]");
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?");
    private static final Pattern ABOUT_TUNNEL = Pattern.compile("(?i)\\b(tunneled|forwarding)\\b");

    private final Consumer<URI> found;
    private final StringBuilder line = new StringBuilder();

    Banner(Consumer<URI> found) {
        this.found = found;
    }

    @Override
    public void write(int b) {
        if (b == '\n' || b == '\r') {
            address(line.toString()).ifPresent(found);
            line.setLength(0);
        } else if (line.length() < MAX_LINE) {
            line.append((char) (b & 0xFF));
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        text.chars().forEach(this::write);
    }

    static Optional<URI> address(String line) {
        String plain = COLOURS.matcher(line).replaceAll("");
        Matcher matcher = ADDRESS.matcher(plain);
        return ABOUT_TUNNEL.matcher(plain).find() && matcher.find()
                ? Optional.of(URI.create(matcher.group() + "/"))
                : Optional.empty();
    }
}
