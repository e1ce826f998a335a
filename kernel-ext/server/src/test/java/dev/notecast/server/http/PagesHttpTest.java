package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesHttpTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final List<String> PAGES = List.of("/", "/live/publish", "/class/cam1/publish", "/live/");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"|from '\\./([^']+)'");

    private final ObjectMapper json = new ObjectMapper();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        server = HttpServer.start(config, new AccessPolicy(config, Clock.systemUTC()), new FakeMedia());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pagesForbidInlineScriptAndReferrers() throws IOException {
        for (String page : PAGES) {
            RawHttp.Answer answer = get(page);
            assertEquals(200, answer.status(), page);
            String policy = answer.header("Content-Security-Policy").orElseThrow();
            assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals("no-referrer", answer.header("Referrer-Policy").orElseThrow());
            assertEquals("nosniff", answer.header("X-Content-Type-Options").orElseThrow());
            assertFalse(answer.header("Access-Control-Allow-Origin").isPresent(), "pages are for no other origin");
            assertFalse(answer.body().matches("(?s).*(<script(?![^>]* src=)|<style| style=| on[a-z]+=).*"), page);
        }
    }

    @Test
    void thePageInOneFileAllowsItsOwnScriptAndNoOther() throws IOException {
        RawHttp.Answer answer = get("/client.html");
        assertEquals(200, answer.status());
        String policy = answer.header("Content-Security-Policy").orElseThrow();
        assertTrue(policy.matches("(?s).*script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+';.*"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(
                answer.body().matches("(?s).*(<(script|link|img)[^>]* src=| style=| on[a-z]+=).*"), "needs nothing");
    }

    @Test
    void everythingThatAPageOrModuleNamesIsThere() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String name : references(Files.readString(file))) {
                    assertEquals(200, get("/assets/" + name).status(), file + " needs " + name);
                }
                Path asset = WEB.resolve("assets").relativize(file);
                if (!asset.startsWith("..")) {
                    assertEquals(200, get("/assets/" + asset).status(), asset + " is not served");
                }
            }
        }
    }

    private static List<String> references(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .map(match ->
                        match.group(1) == null ? match.group(2) : match.group(1).substring("/assets/".length()))
                .toList();
    }

    @Test
    void noModuleWritesMarkup() throws IOException {
        try (Stream<Path> files = Files.list(WEB.resolve("assets"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
                String text = Files.readString(file);
                for (String markup :
                        List.of("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")) {
                    assertFalse(text.contains(markup), file + " uses " + markup);
                }
            }
        }
    }

    @Test
    void aNotebookOfAnotherOriginMayImportThePlayer() throws IOException {
        RawHttp.Answer answer = RawHttp.request(server.port(), "GET", "/assets/player.js")
                .header("Origin", "http://localhost:8890")
                .header("Sec-Fetch-Site", "same-site")
                .send();
        assertEquals(200, answer.status());
        assertEquals("*", answer.header("Access-Control-Allow-Origin").orElseThrow());
        assertEquals(
                "cross-origin", answer.header("Cross-Origin-Resource-Policy").orElseThrow());
        assertTrue(answer.header("Content-Type").orElseThrow().startsWith("text/javascript"));
    }

    @Test
    void aPathWithoutItsSlashGoesToTheViewer() throws IOException {
        RawHttp.Answer answer = get("/class/cam1?x=1");
        assertEquals(308, answer.status());
        assertEquals("/class/cam1/?x=1", answer.header("Location").orElseThrow());
    }

    @Test
    void aReboundNameGetsNoPage() throws IOException {
        for (String page : PAGES) {
            assertEquals(
                    421,
                    RawHttp.request(server.port(), "GET", page)
                            .host("evil.example")
                            .send()
                            .status());
        }
    }

    @Test
    void theApiIsWhatItsDescriptionSays() throws IOException {
        JsonNode api = json.readTree(get("/api/v1/openapi.json").body());
        JsonNode schemas = api.path("components").path("schemas");
        assertDescribed(
                schemas.path("Path"), json.readTree(get("/api/v1/paths/live").body()));
        assertDescribed(
                schemas.path("Path"),
                json.readTree(get("/api/v1/paths").body()).path("paths").path(0));
        assertDescribed(
                schemas.path("Status"), json.readTree(get("/api/v1/status").body()));
        JsonNode health = json.readTree(get("/health").body());
        assertDescribed(schemas.path("Health"), health);
        assertEquals("healthy", health.path("status").asText());
        assertEquals(404, get("/api/v1/paths/other").status());
    }

    private static void assertDescribed(JsonNode schema, JsonNode value) {
        assertFalse(value.isMissingNode() || value.isEmpty());
        assertEquals(names(schema.path("properties")), names(value));
    }

    private static List<String> names(JsonNode object) {
        return object.propertyStream().map(entry -> entry.getKey()).sorted().toList();
    }

    private RawHttp.Answer get(String target) throws IOException {
        return RawHttp.request(server.port(), "GET", target).send();
    }
}
