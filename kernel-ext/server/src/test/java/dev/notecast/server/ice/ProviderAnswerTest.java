package dev.notecast.server.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.server.ice.ProviderAnswer.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in the formats that providers publish, and worse ones. */
class ProviderAnswerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    static byte[] file(String name) throws IOException {
        try (InputStream in = ProviderAnswerTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static Found found(byte[] body) {
        return ((ParseResult.Ok<Found>) ProviderAnswer.parse(body, NOW, Instant.MAX)).value();
    }

    @ParameterizedTest
    @CsvSource({
        "cloudflare.json, 1 5, 2, 0, cf, 0",
        "cloudflare-older.json, 1 1, 0, 0, cf, 0",
        "twilio.json, 1 3, 0, 0, tw, 3600",
        "metered.json, 1 4, 0, 0, me, 0",
        "xirsys.json, 1 6, 0, 0, xi, 0",
        "xirsys-array.json, 1 1, 0, 0, xi, 0",
        "vdo-ninja.json, 0 3, 0, 0, vdo, 0",
        "rest-draft.json, 0 2, 0, 0, rest, 600"
    })
    void readsEveryPublishedFormat(
            String file, String stunAndTurn, int onPort53, int unusable, String owner, long lifeSeconds)
            throws IOException {
        Found found = found(file(file));
        List<TurnServer> turn = found.servers().stream()
                .filter(TurnServer.class::isInstance)
                .map(TurnServer.class::cast)
                .toList();
        assertEquals(stunAndTurn, (found.servers().size() - turn.size()) + " " + turn.size());
        assertEquals(onPort53, found.onPort53());
        assertEquals(unusable, found.unusable());
        Instant end = lifeSeconds == 0 ? Instant.MAX : NOW.plusSeconds(lifeSeconds);
        for (TurnServer server : turn) {
            assertEquals(owner + "-credential", server.credential());
            assertEquals(owner.equals("rest") ? "1800000600:alice" : owner + "-user", server.username());
            assertEquals(end, server.expiry());
        }
    }

    @Test
    void aLifeThatTheAnswerDoesNotTellIsTheOneThatWasAskedFor() throws IOException {
        Instant end = NOW.plus(Duration.ofDays(1));
        var answer = (ParseResult.Ok<Found>) ProviderAnswer.parse(file("cloudflare.json"), NOW, end);
        assertEquals(end, ((TurnServer) answer.value().servers().getLast()).expiry());
    }

    @ParameterizedTest
    @CsvSource({"+01:00, near near far", "+00:00, near near far", "-10:00, far near near", "+12:00, far near near"})
    void serversThatStandNearComeFirst(String here, String order) throws IOException {
        var answer = (ParseResult.Ok<Found>)
                ProviderAnswer.parse(file("vdo-ninja.json"), NOW, Instant.MAX, ZoneOffset.of(here));
        assertEquals(
                order,
                answer.value().servers().stream()
                        .map(server -> server.uri().replaceAll(".*turn-(\\w+)\\..*", "$1"))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void whatIsOfNoUseIsLeftOutAndCounted() throws IOException {
        Found found = found(file("odd.json"));
        assertEquals(List.of("turn:good.example.org:3478?transport=udp"), uris(found));
        assertEquals("u", ((TurnServer) found.servers().getFirst()).username());
        assertEquals(8, found.unusable());
        Found strings = found(file("strings.json"));
        assertEquals(List.of("stun:stun.example.org:3478", "stun:other.example.org:19302"), uris(strings));
        assertEquals(1, strings.unusable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "\"turn:turn.example.org\"",
                "{",
                "[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]",
                "{\"iceServers\": [",
                "<html>"
            })
    void whatIsNoListIsSaidToBeNone(String body) {
        assertInstanceOf(
                ParseResult.Malformed.class,
                ProviderAnswer.parse(body.getBytes(StandardCharsets.UTF_8), NOW, Instant.MAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"iceServers\":[]}", "{\"urls\":[]}", "{\"v\":{}}", "{\"servers\":{\"a\":1}}"})
    void aListWithoutServersIsEmpty(String body) {
        assertEquals(List.of(), found(body.getBytes(StandardCharsets.UTF_8)).servers());
    }

    @Test
    void thousandsOfServersAreNotAllTaken() {
        String uris =
                IntStream.range(0, 5000).mapToObj(i -> "\"stun:s" + i + "\"").collect(Collectors.joining(","));
        assertEquals(
                256,
                found(("[" + uris + "]").getBytes(StandardCharsets.UTF_8))
                        .servers()
                        .size());
    }

    @Test
    void fewOfManyAreChosenThoseThatFirewallsLetThroughFirst() throws IOException {
        assertEquals(
                List.of(
                        "stun:stun.cloudflare.com:3478",
                        "turn:turn.cloudflare.com:3478?transport=udp",
                        "turns:turn.cloudflare.com:443?transport=tcp",
                        "turn:turn.cloudflare.com:80?transport=tcp"),
                Selection.of(found(file("cloudflare.json")).servers()).stream()
                        .map(IceServer::uri)
                        .toList());
    }

    private static List<String> uris(Found found) {
        return found.servers().stream().map(IceServer::uri).toList();
    }
}
