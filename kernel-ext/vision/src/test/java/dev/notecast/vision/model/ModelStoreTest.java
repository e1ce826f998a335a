package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.notecast.vision.pipeline.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With an HTTP server in the publisher's place. */
@Timeout(120)
class ModelStoreTest {
    private static final byte[] WEIGHTS = OnnxBytes.twice(17, OnnxBytes.FLOAT, 2);

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile byte[] published = WEIGHTS;
    private HttpServer publisher;
    private Path cache;
    private ModelStore store;

    @BeforeEach
    void start() throws IOException {
        cache = folder.resolve("caches").resolve("models");
        store = new ModelStore(cache, true, Duration.ofSeconds(30));
        publisher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publisher.createContext("/model.onnx", exchange -> {
            asked.incrementAndGet();
            byte[] body = published;
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        publisher.start();
    }

    @AfterEach
    void stop() {
        publisher.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + publisher.getAddress().getPort() + "/model.onnx";
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private ModelInfo info(Optional<String> sha256, String... sources) {
        List<URI> addresses = Stream.of(sources).map(URI::create).toList();
        return new ModelInfo(
                "mine", "tests", "mine.onnx", addresses, WEIGHTS.length, sha256, "MIT", "FP32", List.of(), List.of());
    }

    private String failure(ModelInfo info) {
        return assertThrows(ModelException.class, () -> store.fetch(info, share -> {}))
                .getMessage();
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> left = Files.exists(cache) ? Files.list(cache) : Stream.empty()) {
            return left.toList();
        }
    }

    @Test
    void keepsWhatWasPublishedForThisUserAndAsksOnce() throws Exception {
        ModelInfo info = info(Optional.of(sha256(WEIGHTS)), address());
        assertFalse(store.isHere(info));
        Path file = store.fetch(info, share -> {});
        assertEquals(cache.resolve("mine.onnx"), file);
        assertArrayEquals(WEIGHTS, Files.readAllBytes(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
        assertEquals(file, store.fetch(info, share -> {}));
        assertEquals(file, store.get(info));
        assertEquals(1, asked.get());
        assertEquals(List.of(file), kept());
    }

    @Test
    void keepsNothingElseThanWhatWasPublished() throws Exception {
        published = WEIGHTS.clone();
        published[20] ^= 1;
        String said = failure(info(Optional.of(sha256(WEIGHTS)), address()));
        assertTrue(said.contains("127.0.0.1 is another file than was published"), said);
        assertTrue(said.endsWith("there by hand: " + cache.resolve("mine.onnx")), said);
        assertEquals(List.of(), kept());
    }

    @Test
    void asksTheNextSourceWhereTheFirstHasItNot() throws Exception {
        ModelInfo info = info(Optional.of(sha256(WEIGHTS)), address() + "/none", address());
        publisher.createContext("/model.onnx/none", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(404, -1);
            }
        });
        store.fetch(info, share -> {});
        assertTrue(store.isHere(info));
        String said = failure(new ModelInfo(
                "other",
                "",
                "other.onnx",
                List.of(URI.create(address() + "/none")),
                1,
                info.sha256(),
                "",
                "",
                List.of(),
                List.of()));
        assertTrue(
                said.startsWith("model 'other' cannot be fetched: 127.0.0.1 answered 404; try again, or put "), said);
    }

    @Test
    void refusesAFileThatSomebodyChanged() throws Exception {
        ModelInfo info = info(Optional.of(sha256(WEIGHTS)), address());
        Files.write(store.fetch(info, share -> {}), new byte[] {1});
        String said = assertThrows(ModelException.class, () -> store.get(info)).getMessage();
        assertTrue(said.contains("is not mine as it was published"), said);
        assertThrows(ModelException.class, () -> store.fetch(info, share -> {}));
    }

    @Test
    void remembersWhatNobodyVouchedFor() throws Exception {
        ModelInfo own = OwnModel.at(address() + "?token=secret");
        assertTrue(own.name().endsWith("/model.onnx"), "a token is no part of a name");
        assertEquals(Optional.empty(), store.sha256(own));
        Path file = store.fetch(own, share -> {});
        assertEquals(Optional.of(sha256(WEIGHTS)), store.sha256(own));
        Files.delete(file);
        published = WEIGHTS.clone();
        published[20] ^= 1;
        String said = failure(own);
        assertTrue(said.contains("another file than was published"), said);
        assertFalse(said.contains("secret"), said);
    }

    @Test
    void addressesCannotNameAnotherFolder() {
        for (String path :
                new String[] {"/../../x.onnx", "/a/..", "/%2e%2e%2fx.onnx", "/..%5Cx", "/", "", "/" + "a".repeat(999)
                }) {
            Path file = store.path(OwnModel.at("https://example.org" + path)).normalize();
            assertEquals(cache, file.getParent(), path);
            assertTrue(file.getFileName().toString().length() < 200, path);
        }
    }

    @Test
    void saysHowToPutTheFileThereByHand() {
        ModelInfo info = ModelCatalogue.find("yunet").orElseThrow();
        String missing =
                assertThrows(ModelException.class, () -> store.get(info)).getMessage();
        assertTrue(
                missing.startsWith("model 'yunet' is not here: '%pipeline models fetch yunet' gets it from"), missing);
        ModelStore off = new ModelStore(cache, false);
        String said = assertThrows(ModelException.class, () -> off.fetch(info, share -> {}))
                .getMessage();
        assertTrue(said.contains("fetching is off (NOTECAST_FETCH=none)"), said);
        assertTrue(said.endsWith("by hand: " + cache.resolve("face_detection_yunet_2023mar.onnx")), said);
    }

    @Test
    void whoWaitsForAModelGetsItWhenItHasBeenFetched() throws Exception {
        try (ModelPool pool = new ModelPool(
                store, new GpuQuery("/none"), ModelRuntime.DJL, Duration.ofSeconds(60), Duration.ofSeconds(60))) {
            assertFalse(pool.isTrusted(address()));
            try (ModelLease lease = pool.lease(address())) {
                Await.until("failed", () -> lease.state() == ModelState.FAILED);
                assertTrue(lease.line().orElseThrow().contains("is not here: '%pipeline models fetch "));
                assertEquals(0, asked.get(), "fetched though nobody vouches for it");
                pool.fetch(address(), share -> {});
                Await.until("ready", () -> lease.state() == ModelState.READY);
                assertTrue(pool.isTrusted(address()));
                ModelStatus status = pool.describe(address());
                assertEquals(1, status.users());
                assertEquals(Optional.of("CPU"), status.device());
                assertTrue(pool.list().stream().anyMatch(each -> each.users() == 1));
            }
        }
    }

    @Test
    void whoCanDoWithoutAModelHasNothingFetched() throws Exception {
        Path there = Files.createDirectories(cache).resolve("face_detection_yunet_2023mar.onnx");
        try (ModelPool pool = new ModelPool(
                        store,
                        new GpuQuery("/none"),
                        ModelRuntime.DJL,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60));
                ModelLease lease = pool.leaseIfHere("yunet")) {
            Await.until("failed", () -> lease.state() == ModelState.FAILED);
            assertTrue(
                    lease.line().orElseThrow().startsWith("model 'yunet' is not here: '%pipeline models fetch yunet'"));
            Files.write(there, WEIGHTS); // put there by hand, but another one
            try (ModelLease again = pool.leaseIfHere("yunet")) {
                Await.until("looked", () -> again.line().orElse("").contains("is not yunet as it was published"));
            }
        }
    }
}
