package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody without a WebRTC stack can send to a server's UDP port. */
final class Stranger {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of a viewer whose credentials are {@code peer} and whatever. */
    static final String OFFER =
            """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            m=video 9 UDP/TLS/RTP/SAVPF 96
            a=ice-ufrag:peer
            a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa
            a=fingerprint:sha-256 %s
            a=setup:active
            a=recvonly
            a=rtcp-mux
            a=rtpmap:96 VP8/90000
            """
                    .formatted("AB:".repeat(31) + "CD");

    private Stranger() {}

    /** An ICE check for the session of an answer. */
    static byte[] check(String answer, byte[] password) {
        return StunWriter.write(
                StunMessage.binding(
                        StunClass.REQUEST,
                        TransactionId.random(RANDOM),
                        new StunAttribute.Username(value(answer, "ice-ufrag") + ":peer"),
                        new StunAttribute.Priority(1),
                        new StunAttribute.IceControlling(1),
                        new StunAttribute.UseCandidate()),
                password);
    }

    static byte[] password(String answer) {
        return value(answer, "ice-pwd").getBytes(StandardCharsets.US_ASCII);
    }

    static String value(String sdp, String name) {
        Matcher line = Pattern.compile("a=" + name + ":(\\S+)").matcher(sdp);
        assertTrue(line.find(), name);
        return line.group(1);
    }

    static DatagramSocket socket(int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    static boolean isAnswered(DatagramSocket socket, byte[] check) {
        try {
            socket.setSoTimeout(20);
            socket.send(new DatagramPacket(check, check.length));
            socket.receive(new DatagramPacket(new byte[2_000], 2_000));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whatever was to be said would have been said by now: others were answered after it came in. */
    static void assertSilence(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(1);
        assertThrows(SocketTimeoutException.class, () -> socket.receive(new DatagramPacket(new byte[100], 100)));
    }

    /** The first datagram of a handshake. */
    static byte[] hello() {
        CompletableFuture<byte[]> first = new CompletableFuture<>();
        DtlsIdentity identity = DtlsIdentity.generate();
        try (DtlsHandshakes handshakes = new DtlsHandshakes(identity)) {
            handshakes.start(DtlsRole.CLIENT, identity.fingerprint(), new DtlsEndpoint.Listener() {
                @Override
                public void transmit(byte[] datagram) {
                    first.complete(datagram);
                }

                @Override
                public void established(SrtpKeys keys) {}

                @Override
                public void failed(String reason) {}

                @Override
                public void closedByPeer() {}
            });
            return first.join();
        }
    }
}
