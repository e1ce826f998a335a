package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.notecast.rtc.io.ParseResult;
import org.junit.jupiter.api.Test;

class Vp8DescriptorTest {
    private static ParseResult<Vp8Descriptor> parse(String hex) {
        byte[] data = Packets.bytes(hex);
        return Vp8Descriptor.parse(data, 0, data.length);
    }

    @Test
    void readsTheShortForm() {
        assertEquals(ParseResult.ok(new Vp8Descriptor(true, 0, false, -1, 0, -1, -1, false, -1, 1)), parse("10 50"));
        assertEquals(ParseResult.ok(new Vp8Descriptor(false, 3, true, -1, 0, -1, -1, false, -1, 1)), parse("23 50"));
    }

    @Test
    void readsEveryField() {
        assertEquals(
                ParseResult.ok(new Vp8Descriptor(true, 0, false, 0x1234, 15, 7, 2, true, 21, 6)),
                parse("90 f0 92 34 07 b5"));
        assertEquals(
                ParseResult.ok(new Vp8Descriptor(true, 0, false, 0x12, 7, -1, -1, false, -1, 3)), parse("90 80 12"));
        assertEquals(ParseResult.ok(new Vp8Descriptor(true, 0, false, -1, 0, -1, -1, false, 21, 3)), parse("90 10 b5"));
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = Packets.bytes("90 f0 92 34 07 b5");
        for (int length = 0; length < whole.length; length++) {
            assertInstanceOf(ParseResult.Malformed.class, Vp8Descriptor.parse(whole, 0, length), length + " bytes");
        }
    }
}
