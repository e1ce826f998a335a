package dev.notecast.server.tunnel.cloudflared;

import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.vision.fetch.Download;
import dev.notecast.vision.fetch.FetchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Gets cloudflared from its publisher: one release, whose length and SHA-256 stand here as its release notes give them.
 * What is in the cache is checked each time, too.
 */
public final class CloudflaredDownload {
    static final String VERSION = "2026.9.3";

    /** A file of the release. */
    record Build(String file, long bytes, String sha256) {}

    private static final Map<String, Build> BUILDS = Map.of(
            "amd64",
            new Build(
                    "cloudflared-linux-amd64",
                    40_122_749,
                    "77e26d8d900e0b8469f416239d14b5f296525fdf79fee6f511ef55609e3fbac2"),
            "aarch64",
            new Build(
                    "cloudflared-linux-arm64",
                    37_685_657,
                    "aaeb2d7d0da3614634c7e03ab13487a1522c2e79165ed2929cfe23d5e95b326d"));
    private static final URI RELEASES = URI.create("https://github.com/cloudflare/cloudflared/releases/download/");
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String BY_HAND = "install it and put it on PATH, or name it with --program FILE";

    private final Path cache;
    private final Build build; // null when there is none for this machine
    private final URI releases;
    private final Duration deadline;

    /** @param cache the folder to keep it in; made when it is needed */
    public CloudflaredDownload(Path cache) {
        this(
                cache,
                System.getProperty("os.name").equals("Linux") ? BUILDS.get(System.getProperty("os.arch")) : null,
                RELEASES,
                DEADLINE);
    }

    CloudflaredDownload(Path cache, Build build, URI releases, Duration deadline) {
        this.cache = cache;
        this.build = build;
        this.releases = releases;
        this.deadline = deadline;
    }

    /**
     * The program, fetched where it is not in the cache. Blocks for five minutes at most.
     *
     * @param progress told in sentences what is fetched, when something is, and how much of it has come
     * @throws TunnelException when it cannot be had; nothing is left behind then
     */
    public Path get(Consumer<String> progress) throws TunnelException, InterruptedException {
        if (build == null) {
            throw TunnelException.lasting(
                    "there is no cloudflared for " + System.getProperty("os.arch") + " that is known here: " + BY_HAND);
        }
        Path program = cache.resolve("cloudflared-" + VERSION);
        try {
            if (Files.isExecutable(program) && isRight(program)) {
                return program;
            }
            progress.accept("Fetching cloudflared " + VERSION + " (" + (build.bytes() >> 20) + " MiB) from "
                    + releases.getHost() + ", once ..");
            Files.createDirectories(cache);
            Path part = Download.partOf(program);
            try {
                fetch(part, progress);
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
                return Files.move(part, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw TunnelException.passing("cloudflared cannot be kept in '" + cache + "': make room and check who may"
                    + " write there, or " + BY_HAND);
        }
    }

    private void fetch(Path part, Consumer<String> progress) throws TunnelException, InterruptedException, IOException {
        URI from = releases.resolve(VERSION + "/" + build.file());
        AtomicInteger quarters = new AtomicInteger();
        try {
            new Download(from, build.bytes(), deadline).to(part, share -> {
                int come = (int) (4 * share);
                if (quarters.getAndSet(come) < come && come < 4) {
                    progress.accept("cloudflared: " + 25 * come + " % have come");
                }
            });
        } catch (FetchException e) {
            throw TunnelException.passing("cloudflared is not installed, and cannot be fetched: " + e.getMessage()
                    + "; try again, or " + BY_HAND);
        }
        if (!isRight(part)) {
            throw wrong(from);
        }
    }

    private static TunnelException wrong(URI from) {
        return TunnelException.passing("what came from " + from.getHost() + " is not cloudflared " + VERSION
                + " (its length or SHA-256 is another), so nothing was kept: try from another network, or " + BY_HAND);
    }

    private boolean isRight(Path file) throws IOException {
        if (Files.size(file) != build.bytes()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest()).equals(build.sha256());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
