package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecTest {
    @Test
    void oldPayloadTypesMeanACodecByThemselves() {
        assertEquals(Optional.of(Codec.PCMU), Codec.ofStaticPayloadType(0));
        assertEquals(Optional.of(Codec.PCMA), Codec.ofStaticPayloadType(8));
        assertEquals(Optional.of(Codec.G722), Codec.ofStaticPayloadType(9));
        assertEquals(8_000, Codec.G722.clockRate());
        for (int none : new int[] {Codec.NONE, 1, 96, 127}) {
            assertEquals(Optional.empty(), Codec.ofStaticPayloadType(none));
        }
    }

    @Test
    void namesAreFoundInAnyCase() {
        for (Codec codec : Codec.values()) {
            assertEquals(Optional.of(codec), Codec.named(codec.sdpName().toLowerCase(java.util.Locale.ROOT)));
        }
        assertEquals(Optional.empty(), Codec.named("rtx"));
    }
}
