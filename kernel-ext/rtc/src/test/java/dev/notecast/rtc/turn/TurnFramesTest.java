package dev.notecast.rtc.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnFramesTest {
    private final List<String> found = new ArrayList<>();
    private final TurnFrames frames = new TurnFrames(100, new TurnFrames.Receiver() {
        @Override
        public void stun(byte[] message) {
            found.add("stun " + message.length);
        }

        @Override
        public void channelData(int channel, byte[] datagram) {
            found.add(Integer.toHexString(channel) + " " + new String(datagram));
        }
    });

    private static byte[] stream() {
        byte[] stun = StunWriter.write(StunMessage.binding(StunClass.REQUEST, new TransactionId(1, 2)));
        return ByteBuffer.allocate(2 * stun.length + 8 + 8 + 4 + 8)
                .put(stun)
                .putInt(ChannelData.header(0x4001, 3))
                .put("abc".getBytes())
                .put((byte) 0) // padding
                .putInt(ChannelData.header(0x4FFF, 4))
                .put("defg".getBytes())
                .putInt(ChannelData.header(0x4002, 0))
                .put(stun)
                .putInt(ChannelData.header(0x4003, 1))
                .put("h".getBytes())
                .array();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void findsMessagesHoweverTheStreamIsCut(int piece) {
        byte[] stream = stream();
        for (int at = 0; at < stream.length; at += piece) {
            assertTrue(frames.read(stream, at, Math.min(piece, stream.length - at)));
        }
        assertEquals(List.of("stun 28", "4001 abc", "4fff defg", "4002 ", "stun 28", "4003 h"), found);
    }

    @Test
    void refusesWhatIsNeitherStunNorChannelData() {
        assertFalse(frames.read("HTTP/1.1 400".getBytes(), 0, 12)); // 'H' begins a channel, its length is too much
        assertFalse(new TurnFrames(100, null).read(new byte[] {(byte) 0x80, 0, 0, 0}, 0, 4));
        assertFalse(new TurnFrames(100, null).read(new byte[] {0, 1, 0, 3}, 0, 4));
        assertFalse(new TurnFrames(100, null).read(new byte[] {0x40, 0, 0, 101}, 0, 4));
    }
}
