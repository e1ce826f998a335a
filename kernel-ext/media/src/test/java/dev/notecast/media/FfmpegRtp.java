package dev.notecast.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtp.RtpPacket;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** RTP of the ffmpeg command, whose encoders are others than those in this JVM: x264, x265. */
public final class FfmpegRtp {
    private static final int MAX_DATAGRAM = 2048;
    private static final int POLL_MILLIS = 50;
    private static final int RTCP_FIRST_TYPE = 192; // RFC 5761 §4

    private FfmpegRtp() {}

    /**
     * The packets of a test picture of 320x180 at 30 fps, in order.
     *
     * @param frames how many pictures
     * @param encoderOptions for example {@code -c:v libx264 -bf 2}
     */
    public static List<RtpPacket> encode(int frames, String... encoderOptions) {
        requireFfmpeg();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error"));
            command.addAll(List.of("-readrate", "8")); // not all at once, which the socket would not hold
            command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30", "-an"));
            command.addAll(List.of("-frames:v", Integer.toString(frames), "-pix_fmt", "yuv420p"));
            command.addAll(List.of(encoderOptions));
            command.addAll(List.of("-strict", "experimental", "-f", "rtp"));
            command.add("rtp://127.0.0.1:" + port + "?rtcpport=" + port + "&pkt_size=1200");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                List<RtpPacket> packets = receive(socket, process);
                assertTrue(process.waitFor(10, TimeUnit.SECONDS), "ffmpeg did not end");
                assertEquals(0, process.exitValue(), "ffmpeg's exit status");
                return packets;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<RtpPacket> receive(DatagramSocket socket, Process process) throws IOException {
        List<RtpPacket> packets = new ArrayList<>();
        byte[] buffer = new byte[MAX_DATAGRAM];
        socket.setSoTimeout(POLL_MILLIS);
        while (true) {
            boolean running = process.isAlive(); // before the look: what was sent until then is seen
            DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(datagram);
            } catch (SocketTimeoutException e) {
                if (!running) {
                    return packets;
                }
                continue;
            }
            byte[] data = Arrays.copyOf(buffer, datagram.getLength());
            boolean rtcp = data.length > 1 && (data[1] & 0xFF) >= RTCP_FIRST_TYPE && (data[1] & 0xFF) < 224;
            if (!rtcp && RtpPacket.parse(data, 0, data.length) instanceof ParseResult.Ok<RtpPacket>(RtpPacket packet)) {
                packets.add(packet);
            }
        }
    }

    private static void requireFfmpeg() {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
        Assumptions.assumeTrue(found, "ffmpeg was not found");
    }
}
