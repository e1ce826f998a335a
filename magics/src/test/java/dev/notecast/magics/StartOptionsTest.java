package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.IceOptions;
import dev.notecast.media.webrtc.TcpMode;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StartOptionsTest {
    private static StartOptions parse(String... arguments) {
        return CommandLine.populateCommand(new StartOptions(), arguments);
    }

    @Test
    void startsWithTheDefaultsWhenNothingIsGiven() {
        assertEquals(ServerConfig.DEFAULT, parse().config());
        assertEquals(List.of(), parse().withoutEffect());
    }

    @Test
    void readsEveryOptionOfThisVersion() {
        ServerConfig config = parse(
                        "--port=1",
                        "--host=0.0.0.0",
                        "--udp-port=2",
                        "--token=a-secret-word",
                        "--default-path=cam/1",
                        "--allow-host=a.example",
                        "--allow-host=b.example")
                .config();
        assertEquals("0.0.0.0", config.host());
        assertEquals(1, config.httpPort());
        assertEquals(2, config.udpPort());
        assertEquals(new TokenMode.Secret("a-secret-word"), config.token());
        assertEquals(new PathName("cam/1"), config.defaultPath());
        assertEquals(List.of("a.example", "b.example"), config.allowedHosts());
    }

    @Test
    void stunServersReachTheServer() {
        assertEquals(List.of(), parse("--stun=none").config().stunServers());
        assertEquals(
                List.of("stun:a.example", "stun:b.example:9"),
                parse("--stun", "stun:a.example,stun:b.example:9").config().stunServers());
        assertThrows(
                IllegalArgumentException.class, () -> parse("--stun=a.example").config());
    }

    @Test
    void limitsAndTakeoverReachTheServer() {
        ServerConfig standard = parse().config();
        assertFalse(standard.takeover() || standard.ooblexPorts());
        ServerConfig config = parse("--takeover", "--max-sessions=7", "--max-readers=3", "--ooblex")
                .config();
        assertTrue(config.takeover() && config.ooblexPorts());
        assertEquals(new ServerConfig.Limits(7, 3), config.limits());
        assertThrows(
                IllegalArgumentException.class, () -> parse("--max-sessions=0").config());
    }

    @Test
    void mediaOverTcpAndAnnouncedAddressesReachTheServer() {
        assertEquals(new TcpMode.LikeUdp(), parse().config().ice().tcp());
        assertEquals(new TcpMode.Off(), parse("--tcp-port=off").config().ice().tcp());
        IceOptions ice = parse("--tcp-port=0", "--public-ip=203.0.113.7, 2001:db8::7")
                .config()
                .ice();
        assertEquals(new TcpMode.Port(0), ice.tcp());
        assertEquals(
                List.of("/203.0.113.7", "/2001:db8:0:0:0:0:0:7"),
                ice.announced().stream().map(Object::toString).toList());
        for (String bad : List.of("--tcp-port=70000", "--tcp-port=x", "--public-ip=my.example", "--public-ip=::")) {
            String line = assertThrows(
                            IllegalArgumentException.class, () -> parse(bad).config())
                    .getMessage();
            assertEquals(1, line.lines().count());
        }
    }

    @Test
    void saysInALineWhichOptionHasNoEffectYet() {
        StartOptions options = parse("--rtsp-port=8554", "--tls=self", "--ooblex");
        assertEquals(
                List.of(
                        "--rtsp-port has no effect yet: this version comes without RTSP",
                        "--tls has no effect yet: this version comes without HTTPS",
                        "--ooblex: port 8443 speaks plain HTTP, since this version comes without HTTPS"),
                options.withoutEffect());
    }
}
