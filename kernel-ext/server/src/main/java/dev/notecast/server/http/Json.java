package dev.notecast.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;

/**
 * JSON that comes and goes. What strangers send is read within limits of depth and length, and what is none is a refusal of
 * one line.
 */
final class Json {
    private static final int MAX_DEPTH = 32;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(100)
                    .maxNameLength(256)
                    .maxStringLength(FrameHandler.MAX_BYTES)
                    .maxDocumentLength(FrameHandler.MAX_BYTES)
                    .build())
            .build());

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Answers with JSON, which nobody keeps. */
    static void answer(Context ctx, ObjectNode node) throws JsonProcessingException {
        ctx.header("Cache-Control", "no-store");
        ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(node));
    }

    static JsonNode read(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node == null || !node.isObject()) {
                throw new Refusal(400, "the body is no JSON object");
            }
            return node;
        } catch (IOException e) { // what Jackson says holds parts of the body
            throw new Refusal(400, "the body is no JSON, or nested deeper than " + MAX_DEPTH);
        }
    }
}
