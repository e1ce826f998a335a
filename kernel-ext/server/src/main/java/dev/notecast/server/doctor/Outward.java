package dev.notecast.server.doctor;

import dev.notecast.server.doctor.Examination.Begun;
import dev.notecast.server.doctor.UdpCheck.Seen;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;

/** The checks that ask somebody outside, while they run. */
record Outward(Begun<Seen> udp, Begun<Reach> tcp, Begun<Reach> web, Begun<Boolean> clockIsWrong) {
    private static final String UDP = "UDP out";
    private static final String TCP = "TCP out";
    private static final String WEB = "443 out";

    static Outward begin(Examination exam, Targets targets) {
        return new Outward(
                exam.begin(UDP, Seen.NOTHING, () -> UdpCheck.run(UDP, targets.stun())),
                exam.begin(
                        TCP,
                        Reach.UNKNOWN,
                        () -> TcpCheck.run(
                                TCP,
                                targets.tcp(),
                                "a firewall lets only some ports out, so a TURN server has to be on 443")),
                exam.begin(
                        WEB,
                        Reach.UNKNOWN,
                        () -> TcpCheck.run(
                                WEB,
                                targets.web().map(Outward::port),
                                "a firewall or a proxy stands before the web itself")),
                exam.begin("Clock", false, () -> ClockCheck.run(targets.web(), Clock.systemUTC())));
    }

    private static InetSocketAddress port(URI web) {
        int port = web.getPort() >= 0 ? web.getPort() : web.getScheme().equals("http") ? 80 : 443;
        return InetSocketAddress.createUnresolved(web.getHost(), port);
    }
}
