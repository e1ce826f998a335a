package dev.notecast.server.ice;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.rtc.io.ParseResult;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads STUN and TURN servers out of JSON, in whichever of the many shapes a provider sends it: an object or an array, the
 * list under one of several names, one URI or many, with the credential beside the URIs or above the list.
 */
final class ProviderAnswer {
    static final int MAX_BYTES = 128 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_URIS = 256; // looked at
    private static final int MAX_TEXT = 512; // of a URI, a user name, a credential
    private static final Duration LONGEST_LIFE = Duration.ofDays(366); // else the number is something other than a time
    private static final List<String> LISTS = List.of("iceServers", "ice_servers", "servers");
    private static final List<String> URIS = List.of("urls", "url", "uris");
    private static final List<String> LIVES = List.of("ttl", "expiryInSeconds", "expires_in");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(100)
                    .maxNameLength(256)
                    .maxStringLength(MAX_BYTES)
                    .maxDocumentLength(MAX_BYTES)
                    .build())
            .build());

    /**
     * @param servers as they came
     * @param onPort53 how many were left out for that
     * @param unusable how many were left out for other reasons
     */
    record Found(List<IceServer> servers, int onPort53, int unusable) {
        Found {
            servers = List.copyOf(servers);
        }

        boolean hasTurn() {
            return servers.stream().anyMatch(server -> !(server instanceof StunServer));
        }
    }

    private final Instant now;
    private final Instant end; // where nothing says another
    private final ZoneOffset here;
    private final Map<String, IceServer> byUri = new LinkedHashMap<>();
    private int looked;
    private int onPort53;
    private int unusable;

    private ProviderAnswer(Instant now, Instant end, ZoneOffset here) {
        this.now = now;
        this.end = end;
        this.here = here;
    }

    /** @param end when credentials end that do not say so, {@link Instant#MAX} when nobody knows */
    static ParseResult<Found> parse(byte[] body, Instant now, Instant end) {
        return parse(body, now, end, ZoneId.systemDefault().getRules().getOffset(now));
    }

    /** @param here tells roughly where on earth we are */
    static ParseResult<Found> parse(byte[] body, Instant now, Instant end, ZoneOffset here) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) { // what Jackson says holds parts of the body
            return ParseResult.malformed("no JSON");
        }
        if (root == null || !root.isContainerNode()) {
            return ParseResult.malformed("JSON without servers");
        }
        JsonNode outer = root.path("v").isContainerNode() ? root.path("v") : root; // Xirsys has its answer in there
        if ("error".equals(root.path("s").asText())) {
            return ParseResult.malformed("an error");
        }
        ProviderAnswer answer = new ProviderAnswer(now, life(outer, now, end), here);
        answer.list(list(outer), outer);
        return ParseResult.ok(new Found(List.copyOf(answer.byUri.values()), answer.onPort53, answer.unusable));
    }

    private static JsonNode list(JsonNode outer) {
        for (String name : LISTS) {
            if (outer.path(name).isContainerNode()) {
                return outer.path(name);
            }
        }
        return outer;
    }

    private void list(JsonNode list, JsonNode outer) {
        if (list.isObject()) {
            entry(list, outer);
            return;
        }
        List<JsonNode> entries = new ArrayList<>();
        list.forEach(entries::add);
        entries.sort(Comparator.comparingLong(this::hoursAway)); // stable: most providers leave it to us
        for (JsonNode entry : entries) {
            if (entry.isTextual()) {
                uri(entry, "", "", end);
            } else {
                entry(entry, outer);
            }
        }
    }

    /** VDO.Ninja says where its servers stand, by the minutes that their clocks are behind UTC. */
    private long hoursAway(JsonNode entry) {
        JsonNode zone = entry.path("tz");
        if (!zone.isNumber()) {
            return 0;
        }
        long ours = -here.getTotalSeconds() / 60;
        long minutes = Math.abs(Math.clamp(zone.asLong(), -1440, 1440) - ours);
        return Math.min(minutes, Math.abs(1440 - minutes)) / 60;
    }

    private void entry(JsonNode entry, JsonNode outer) {
        String user = text(entry, outer, "username");
        String credential = text(entry, outer, "credential");
        credential = credential.isEmpty() ? text(entry, outer, "password") : credential;
        Instant ends = userEnd(user, life(entry, now, end));
        for (String name : URIS) {
            JsonNode uris = entry.path(name);
            if (uris.isTextual()) {
                uri(uris, user, credential, ends);
            }
            if (uris.isArray()) {
                for (JsonNode uri : uris) {
                    uri(uri, user, credential, ends);
                }
            }
        }
    }

    private static String text(JsonNode entry, JsonNode outer, String name) {
        return entry.path(name).asText(outer.path(name).asText(""));
    }

    private void uri(JsonNode uri, String user, String credential, Instant ends) {
        if (looked++ >= MAX_URIS) {
            return;
        }
        if (!uri.isTextual() || !isSane(uri.textValue()) || !isSane(user) || !isSane(credential)) {
            unusable++;
            return;
        }
        try {
            IceServer server = IceServer.parse(uri.textValue(), user, credential, ends);
            boolean anonymous = !(server instanceof StunServer) && (user.isEmpty() || credential.isEmpty());
            if (server.port() == 53) {
                onPort53++;
            } else if (anonymous) {
                unusable++;
            } else {
                byUri.putIfAbsent(server.uri(), server);
            }
        } catch (IllegalArgumentException e) {
            unusable++; // stuns: and what is no server at all
        }
    }

    private static boolean isSane(String text) {
        return text.length() <= MAX_TEXT && text.chars().noneMatch(Character::isISOControl);
    }

    /** When it ends by what it says of itself. */
    private static Instant life(JsonNode node, Instant now, Instant otherwise) {
        for (String name : LIVES) {
            long seconds = node.path(name).asLong(0); // reads text, too
            if (seconds > 0 && seconds <= LONGEST_LIFE.toSeconds()) {
                return now.plusSeconds(seconds);
            }
        }
        return otherwise;
    }

    /** draft-uberti-behave-turn-rest-00 §2.2: the user name of such a credential begins or ends with its end. */
    private Instant userEnd(String user, Instant otherwise) {
        for (String part : user.split(":", 4)) {
            if (part.matches("[0-9]{10}")) {
                try {
                    Instant said = Instant.ofEpochSecond(Long.parseLong(part));
                    boolean likely = said.isAfter(now) && said.isBefore(now.plus(LONGEST_LIFE));
                    return likely && said.isBefore(otherwise) ? said : otherwise;
                } catch (DateTimeException e) {
                    return otherwise;
                }
            }
        }
        return otherwise;
    }
}
