package dev.notecast.rtc.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.IceControlled;
import dev.notecast.rtc.stun.StunAttribute.IceControlling;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UnknownAttributes;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import dev.notecast.rtc.stun.StunAttribute.Username;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StunPacketTest {
    private static final TransactionId ID = new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL);
    private static final byte[] KEY = Rfc5769.PASSWORD.getBytes(StandardCharsets.US_ASCII);

    @Test
    void readsTheRequestOfRfc5769() {
        StunPacket packet = parsed(Rfc5769.REQUEST);
        assertEquals(
                StunMessage.binding(
                        StunClass.REQUEST,
                        ID,
                        new Priority(0x6e0001ff),
                        new IceControlled(0x932ff9b151263b36L),
                        new Username("evtj:h6vY")),
                packet.message());
        assertTrue(packet.isAuthentic(KEY), "RFC 5769 §2.1 integrity was not accepted");
        assertEquals(List.of(), packet.notUnderstood());
    }

    @Test
    void readsBothResponsesOfRfc5769() {
        StunPacket ipv4 = parsed(Rfc5769.IPV4_RESPONSE);
        assertEquals(
                StunMessage.binding(
                        StunClass.SUCCESS, ID, new XorMappedAddress(new InetSocketAddress("192.0.2.1", 32853))),
                ipv4.message());
        assertTrue(ipv4.isAuthentic(KEY), "RFC 5769 §2.2 integrity was not accepted");
        StunPacket ipv6 = parsed(Rfc5769.IPV6_RESPONSE);
        assertEquals(
                StunMessage.binding(
                        StunClass.SUCCESS,
                        ID,
                        new XorMappedAddress(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853))),
                ipv6.message());
        assertTrue(ipv6.isAuthentic(KEY), "RFC 5769 §2.3 integrity was not accepted");
    }

    @Test
    void readsWhatItWrites() {
        StunMessage request = new StunMessage(
                StunClass.ERROR,
                0xABC,
                ID,
                List.of(
                        new Username("abcd:efghi"),
                        new Priority(0xFFFF_FFFFL),
                        new UseCandidate(),
                        new IceControlling(-1),
                        new ErrorCode(487, "Role Conflict"),
                        new UnknownAttributes(List.of(0x7FFF, 0x21)),
                        new XorMappedAddress(new InetSocketAddress("255.255.255.255", 65535)),
                        new XorMappedAddress(new InetSocketAddress("2001:db8::1", 1))));
        StunPacket packet = parsed(StunWriter.write(request, KEY));
        assertEquals(request, packet.message());
        assertTrue(packet.isAuthentic(KEY), "own integrity was not accepted");
        assertFalse(parsed(StunWriter.write(request)).isAuthentic(KEY), "a message without integrity passed");
    }

    @Test
    void writesEveryClassAsTheRfcNumbersIt() {
        int[] types = {0x0001, 0x0011, 0x0101, 0x0111};
        for (StunClass messageClass : StunClass.values()) {
            byte[] bytes = StunWriter.write(StunMessage.binding(messageClass, ID));
            assertEquals(types[messageClass.ordinal()], bytes[0] << 8 | bytes[1], messageClass.name());
            assertEquals(messageClass, parsed(bytes).message().messageClass());
        }
    }

    @Test
    void readsAtAnyOffset() {
        byte[] shifted = new byte[Rfc5769.REQUEST.length + 20];
        System.arraycopy(Rfc5769.REQUEST, 0, shifted, 7, Rfc5769.REQUEST.length);
        var result = StunPacket.parse(shifted, 7, Rfc5769.REQUEST.length);
        var ok = assertInstanceOf(ParseResult.Ok.class, result);
        assertTrue(((StunPacket) ok.value()).isAuthentic(KEY), "integrity depends on the offset");
        assertEquals(
                "evtj",
                StunUsername.localUfrag(shifted, 7, Rfc5769.REQUEST.length).orElseThrow());
    }

    @Test
    void refusesEveryTruncation() {
        for (byte[] whole : List.of(Rfc5769.REQUEST, Rfc5769.IPV4_RESPONSE, Rfc5769.IPV6_RESPONSE)) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertInstanceOf(ParseResult.Malformed.class, StunPacket.parse(cut, 0, length), length + " bytes");
                StunUsername.localUfrag(cut, 0, length);
            }
        }
    }

    @Test
    void refusesEveryTruncationWhoseHeaderLengthAgrees() {
        byte[] sealed = StunWriter.write(StunMessage.binding(StunClass.REQUEST, ID, new Username("abcd:efghi")), KEY);
        for (int length = 20; length < sealed.length; length += 4) {
            byte[] cut = Arrays.copyOf(sealed, length);
            cut[3] = (byte) (length - 20);
            if (StunPacket.parse(cut, 0, length) instanceof ParseResult.Ok<StunPacket> ok) {
                boolean onlyTheFingerprintIsGone = length == sealed.length - 8;
                assertEquals(onlyTheFingerprintIsGone, ok.value().isAuthentic(KEY), length + " bytes");
            }
        }
    }

    @Test
    void noticesAnyFlippedByte() {
        for (int i = 0; i < Rfc5769.REQUEST.length; i++) {
            byte[] changed = Rfc5769.REQUEST.clone();
            changed[i] ^= 0x04;
            ParseResult<StunPacket> result = StunPacket.parse(changed, 0, changed.length);
            // a fingerprint that lost its type is an unknown optional attribute: then the integrity decides
            boolean accepted = result instanceof ParseResult.Ok<StunPacket> ok
                    && ok.value().isAuthentic(KEY)
                    && i < changed.length - 8;
            assertFalse(accepted, "byte " + i + " was changed and nobody noticed");
        }
    }

    @Test
    void namesWhatItMustUnderstandAndDoesNot() {
        byte[] message = Rfc5769.hex("0001000c 2112a442 000000000000000000000000 7fff0000 c0570004 00000000");
        assertEquals(List.of(0x7FFF), parsed(message).notUnderstood());
    }

    @Test
    void ignoresWhatFollowsTheIntegrity() {
        byte[] sealed = StunWriter.write(StunMessage.binding(StunClass.REQUEST, ID), KEY);
        byte[] longer = Arrays.copyOf(sealed, sealed.length); // USE-CANDIDATE in the fingerprint's place
        System.arraycopy(Rfc5769.hex("00250000 c0570000"), 0, longer, longer.length - 8, 8);
        StunPacket packet = parsed(longer);
        assertTrue(packet.isAuthentic(KEY), "integrity covers what follows it");
        assertEquals(List.of(), packet.message().attributes());
    }

    @Test
    void refusesMoreAttributesThanAnybodySends() {
        byte[] flood = new byte[20 + 4 * 1000];
        System.arraycopy(Rfc5769.hex("00010fa0 2112a442"), 0, flood, 0, 8);
        assertInstanceOf(ParseResult.Malformed.class, StunPacket.parse(flood, 0, flood.length));
    }

    @Test
    void findsTheReceiversUfragWithoutParsing() {
        assertEquals(
                "evtj",
                StunUsername.localUfrag(Rfc5769.REQUEST, 0, Rfc5769.REQUEST.length)
                        .orElseThrow());
        byte[] response = Rfc5769.IPV4_RESPONSE;
        assertTrue(StunUsername.localUfrag(response, 0, response.length).isEmpty(), "a response is for no ufrag");
        byte[] noColon = StunWriter.write(StunMessage.binding(StunClass.REQUEST, ID, new Username("abcd")));
        assertTrue(StunUsername.localUfrag(noColon, 0, noColon.length).isEmpty(), "a name without a colon");
    }

    @FuzzTest
    void neverThrows(byte[] data) {
        StunUsername.localUfrag(data, 0, data.length);
        if (StunPacket.parse(data, 0, data.length) instanceof ParseResult.Ok<StunPacket> ok) {
            ok.value().isAuthentic(KEY);
            StunMessage message = ok.value().message();
            byte[] written = StunWriter.write(message, KEY);
            if (!message.toString().contains("\uFFFD")) { // text that was no UTF-8 and may have grown too long
                assertEquals(message, parsed(written).message());
                assertTrue(parsed(written).isAuthentic(KEY));
            }
        }
    }

    private static StunPacket parsed(byte[] data) {
        return switch (StunPacket.parse(data, 0, data.length)) {
            case ParseResult.Ok<StunPacket> ok -> ok.value();
            case ParseResult.Malformed<StunPacket> malformed -> fail(malformed.reason());
        };
    }
}
