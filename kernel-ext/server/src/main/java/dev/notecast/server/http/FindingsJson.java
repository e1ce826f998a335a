package dev.notecast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.filter.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is found in a picture as JSON. What programs outside say is checked word by word. */
final class FindingsJson {
    private static final int MAX_SIDE = 16_384; // pixels of a picture
    private static final int MAX_LABEL = 64;
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Duration MAX_AHEAD = Duration.ofSeconds(10); // clocks on other machines
    private static final String NOBODY = "outside";
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9 ._-]{1,32}");
    // what terminals and pages may act on: control characters, changes of direction, halves of characters
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private FindingsJson() {}

    static String text(Findings findings) {
        ObjectNode node = Json.object();
        node.put("path", findings.path().value());
        node.put("source", findings.source());
        node.put("outside", findings.outside());
        node.put("timeMillis", findings.time().toEpochMilli());
        node.put("width", findings.width());
        node.put("height", findings.height());
        ArrayNode list = node.putArray("detections");
        for (Detection each : findings.detections()) {
            list.addObject()
                    .put("label", each.label())
                    .put("x", each.x())
                    .put("y", each.y())
                    .put("width", each.width())
                    .put("height", each.height())
                    .put("score", each.score());
        }
        return node.toString();
    }

    /**
     * Reads what a program outside says of a picture. Boxes are cut off at its edges, and left out beyond them.
     *
     * @throws Refusal of 400 that names what is wrong
     */
    static Findings read(PathName path, JsonNode node, Instant now) {
        int width = side(node, "width");
        int height = side(node, "height");
        JsonNode list = node.path("detections");
        if (!list.isArray()) {
            throw wrong("'detections' is a list");
        }
        if (list.size() > Findings.MAX_DETECTIONS) {
            throw wrong("'detections' has " + Findings.MAX_DETECTIONS + " entries at most, not " + list.size());
        }
        List<Detection> detections = new ArrayList<>();
        for (JsonNode each : list) {
            Detection found = detection(each, width, height);
            if (found.width() > 0 && found.height() > 0) {
                detections.add(found);
            }
        }
        return new Findings(path, source(node), true, time(node, now), 0, width, height, detections);
    }

    private static int side(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > MAX_SIDE) {
            throw wrong("'" + name + "' of the picture is a whole number from 1 to " + MAX_SIDE);
        }
        return value.intValue();
    }

    private static String source(JsonNode node) {
        JsonNode value = node.path("source");
        if (value.isMissingNode()) {
            return NOBODY;
        }
        if (!value.isTextual() || !SOURCE.matcher(value.textValue()).matches()) {
            throw wrong("'source' has 1 to 32 letters, digits, spaces, '.', '_' and '-'");
        }
        return value.textValue();
    }

    private static Instant time(JsonNode node, Instant now) {
        JsonNode value = node.path("timeMillis");
        if (value.isMissingNode()) {
            return now;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            Duration age = Duration.ofMillis(Math.clamp(
                    now.toEpochMilli() - Math.clamp(value.longValue(), 0, Long.MAX_VALUE / 2),
                    -MAX_AHEAD.toMillis() - 1,
                    MAX_AGE.toMillis() + 1));
            if (age.compareTo(MAX_AGE) <= 0 && age.negated().compareTo(MAX_AHEAD) <= 0) {
                return now.minus(age);
            }
        }
        throw wrong("'timeMillis' is when the picture came in, in milliseconds since 1970: within the last "
                + MAX_AGE.toMinutes() + " minutes");
    }

    private static Detection detection(JsonNode node, int width, int height) {
        double x = number(node, "x", -MAX_SIDE, 2 * MAX_SIDE);
        double y = number(node, "y", -MAX_SIDE, 2 * MAX_SIDE);
        double right = x + number(node, "width", 0, 2 * MAX_SIDE);
        double bottom = y + number(node, "height", 0, 2 * MAX_SIDE);
        double score = node.has("score") ? number(node, "score", 0, 1) : 1;
        int left = (int) Math.round(Math.clamp(x, 0, width));
        int top = (int) Math.round(Math.clamp(y, 0, height));
        return new Detection(
                label(node),
                left,
                top,
                (int) Math.round(Math.clamp(right, 0, width)) - left,
                (int) Math.round(Math.clamp(bottom, 0, height)) - top,
                score);
    }

    private static double number(JsonNode node, String name, double min, double max) {
        JsonNode value = node.path(name);
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= min && number <= max)) { // so that what is no number is refused too
            throw wrong("'" + name + "' of a detection is a number from " + Math.round(min) + " to " + Math.round(max));
        }
        return number;
    }

    private static String label(JsonNode node) {
        JsonNode value = node.path("label");
        String text = value.isTextual() ? value.textValue().strip() : "";
        if (text.isEmpty()
                || text.codePointCount(0, text.length()) > MAX_LABEL
                || UNFIT.matcher(text).find()) {
            throw wrong("'label' has 1 to " + MAX_LABEL + " characters, none of them invisible");
        }
        return text;
    }

    private static Refusal wrong(String what) {
        return new Refusal(400, what);
    }
}
