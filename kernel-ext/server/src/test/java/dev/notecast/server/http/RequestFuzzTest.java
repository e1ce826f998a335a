package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.media.path.PathName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What strangers write into addresses and bodies is understood or refused in one line, and grows nothing. */
class RequestFuzzTest {
    private static final PathName LIVE = new PathName("live");

    @FuzzTest(maxDuration = "10s")
    void everyAddressIsATarget(byte[] data) {
        String uri = new String(data, StandardCharsets.UTF_8);
        Target target = Target.parse(uri, LIVE);
        target.scope();
        if (target instanceof Target.MissingSlash(String to)) {
            assertEquals(uri + "/", to);
            assertFalse(to.startsWith("//") || to.contains("\\") || to.contains("/."), "leads elsewhere: " + to);
        }
    }

    @FuzzTest(maxDuration = "10s")
    void aBodyHoldsAPictureOrIsRefused(byte[] data) {
        int lineEnd = 0;
        while (lineEnd < data.length && data[lineEnd] != '\n') {
            lineEnd++;
        }
        String type = new String(data, 0, lineEnd, StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOfRange(data, Math.min(lineEnd + 1, data.length), data.length);
        try {
            assertTrue(FrameBody.picture(type, body).length <= body.length);
        } catch (Refusal e) {
            assertEquals(1, e.getMessage().lines().count());
        }
    }

    @FuzzTest(maxDuration = "10s")
    void jsonIsAnObjectOrRefused(byte[] data) {
        try {
            assertTrue(Json.read(data).isObject());
        } catch (Refusal e) {
            assertEquals(400, e.status());
        }
    }
}
