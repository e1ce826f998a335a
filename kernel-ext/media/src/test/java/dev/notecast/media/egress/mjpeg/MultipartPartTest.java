package dev.notecast.media.egress.mjpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.frame.FrameTimes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartPartTest {
    private final PartPool pool = new PartPool();

    private static JpegFrame frame(String jpeg) {
        return new JpegFrame(jpeg.getBytes(StandardCharsets.US_ASCII), 16, 16, 1, FrameTimes.arrived(1));
    }

    private static String text(MultipartPart part) {
        return StandardCharsets.US_ASCII.decode(part.buffer()).toString();
    }

    @Test
    void isAHeaderTheJpegAndTheBoundary() {
        try (MultipartPart part = pool.make(frame("JPEG"))) {
            String text = text(part);
            String expected = "Content-Type: image/jpeg\r\nContent-Length: 4\r\nX-Timestamp: [0-9]+\\.[0-9]{3}\r\n\r\n"
                    + "JPEG\r\n--notecast-frame\r\n";
            assertTrue(text.matches(expected), text);
            assertEquals(text, text(part), "every viewer reads from the beginning");
            assertTrue(part.buffer().isDirect() && part.buffer().isReadOnly());
        }
    }

    @Test
    void isReusedOnlyWhenTheLastViewerHasWrittenIt() {
        SharedJpeg shared = new SharedJpeg(frame("first"), pool);
        MultipartPart slow = shared.part();
        ByteBuffer half = slow.buffer();
        shared.part().close();
        shared.release();
        try (MultipartPart second = pool.make(frame("other"))) {
            assertNotEquals(text(slow), text(second));
            assertTrue(StandardCharsets.US_ASCII.decode(half).toString().contains("first"));
        }
        slow.close();
        assertThrows(IllegalStateException.class, slow::buffer);
    }
}
