package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.io.IpLiterals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostCandidatesTest {
    private List<InetAddress> own = addresses("192.168.1.5", "fd00::5", "127.0.0.1", "::1");
    private long nowNanos = -5;

    @Test
    void udpComesFirstThenTcpAndLoopbackLastOfEach() {
        assertEquals(
                List.of(
                        "udp 192.168.1.5 8189",
                        "udp fd00:0:0:0:0:0:0:5 8189",
                        "udp 203.0.113.7 8189",
                        "udp 127.0.0.1 8189",
                        "udp 0:0:0:0:0:0:0:1 8189",
                        "tcp 192.168.1.5 8190",
                        "tcp fd00:0:0:0:0:0:0:5 8190",
                        "tcp 203.0.113.7 8190",
                        "tcp 127.0.0.1 8190",
                        "tcp 0:0:0:0:0:0:0:1 8190"),
                texts(candidates(OptionalInt.of(8190), "203.0.113.7").now()));
    }

    @Test
    void everyCandidateHasAPriorityOfItsOwnInThisOrder() {
        List<Candidate> all = candidates(OptionalInt.of(8190), "203.0.113.7").now();
        for (int i = 1; i < all.size(); i++) {
            assertTrue(
                    all.get(i - 1).priority() > all.get(i).priority(),
                    all.get(i).toString());
        }
    }

    @Test
    void tunnelsComeLastAsTheirOwnAddresses() {
        HostCandidates candidates = candidates(OptionalInt.of(8190));
        candidates.now();
        candidates.tunneled(List.of(new InetSocketAddress("203.0.113.9", 12_345)));
        List<Candidate> all = candidates.now();
        assertEquals("tcp 203.0.113.9 12345", texts(all).getLast());
        assertTrue(all.getLast().priority() < all.get(all.size() - 2).priority(), all.toString());
        candidates.tunneled(List.of());
        assertEquals(all.size() - 1, candidates.now().size());
    }

    @Test
    void anotherNetworkIsNoticedAfterASecond() {
        HostCandidates candidates = candidates(OptionalInt.empty());
        candidates.now();
        own = addresses("10.0.0.7");
        nowNanos += 999_999_999;
        assertEquals("udp 192.168.1.5 8189", texts(candidates.now()).getFirst());
        nowNanos++;
        assertEquals(List.of("udp 10.0.0.7 8189"), texts(candidates.now()));
    }

    @Test
    void manyInterfacesLeaveRoomForWhatIsAnnounced() {
        own = IntStream.range(1, 40)
                .mapToObj(i -> addresses("10.0.0." + i).getFirst())
                .toList();
        List<String> texts =
                texts(candidates(OptionalInt.of(8190), "203.0.113.7").now());
        assertEquals(32, texts.size());
        assertTrue(texts.contains("udp 203.0.113.7 8189") && texts.contains("tcp 203.0.113.7 8190"));
    }

    private HostCandidates candidates(OptionalInt tcpPort, String... announced) {
        return new HostCandidates(8189, tcpPort, addresses(announced), () -> own, () -> nowNanos);
    }

    private static List<InetAddress> addresses(String... literals) {
        return new ArrayList<>(Stream.of(literals)
                .map(each -> IpLiterals.parse(each).orElseThrow())
                .toList());
    }

    private static List<String> texts(List<Candidate> candidates) {
        return candidates.stream()
                .map(each -> each.transport().sdpName() + " " + each.address() + " " + each.port())
                .toList();
    }
}
