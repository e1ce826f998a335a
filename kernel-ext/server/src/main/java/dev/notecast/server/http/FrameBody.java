package dev.notecast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the picture in what clients send: the file itself, a form with a file, or JSON with the file in base64. */
final class FrameBody {
    /** Where JSON and forms have it. */
    static final List<String> NAMES = List.of("frame", "image", "file", "data");

    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\\s;]{1,70}))");
    private static final byte[] DATA_URL = "data:".getBytes(StandardCharsets.US_ASCII);

    private FrameBody() {}

    /** @param contentType as given; null when it was not, as for {@code requests.post(url, data=bytes)} */
    static byte[] picture(String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        byte[] found;
        if (type.startsWith("multipart/form-data")) {
            found = inForm(contentType, body);
        } else if (type.startsWith("application/json")) {
            found = inJson(body);
        } else {
            found = body;
        }
        return startsWith(found, DATA_URL) ? decoded(new String(found, StandardCharsets.ISO_8859_1)) : found;
    }

    private static byte[] inForm(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw new Refusal(400, "the form's Content-Type names no boundary");
        }
        String name = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
        return Multipart.file(body, name, NAMES)
                .orElseThrow(() -> new Refusal(400, "the form has no file: send one in a field named 'frame'"));
    }

    private static byte[] inJson(byte[] body) {
        JsonNode node = Json.read(body);
        for (String name : NAMES) {
            JsonNode value = node.path(name);
            if (value.isTextual()) {
                return decoded(value.textValue());
            }
        }
        throw new Refusal(400, "the JSON has no picture: send it in base64 as 'frame'");
    }

    /** Of base64, or of a {@code data:} URL as a page's canvas makes it. */
    private static byte[] decoded(String text) {
        String base64 = text.startsWith("data:") ? text.substring(text.indexOf(',') + 1) : text;
        try {
            return Base64.getMimeDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "the picture is no base64");
        }
    }

    private static boolean startsWith(byte[] data, byte[] prefix) {
        return data.length >= prefix.length && Arrays.equals(data, 0, prefix.length, prefix, 0, prefix.length);
    }
}
