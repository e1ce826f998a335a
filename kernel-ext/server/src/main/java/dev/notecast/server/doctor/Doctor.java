package dev.notecast.server.doctor;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.server.Notecast;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.doctor.IceCheck.Tried;
import dev.notecast.server.doctor.Running.Relays;
import dev.notecast.server.doctor.Running.Tunneled;
import dev.notecast.server.doctor.TunnelCheck.Looked;
import dev.notecast.server.doctor.UdpCheck.Seen;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Looks at the network, the machine and the server that runs, line by line, and says which one change helps most. All
 * checks run side by side; it takes as long as the slowest, {@link #DEADLINE} at most.
 */
public final class Doctor {
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final String TCP_MEANING = "a firewall lets only some ports out, so a TURN server has to be on 443";
    private static final String WEB_MEANING = "a firewall or a proxy is in the way of the web itself";

    private final Patient patient;
    private final List<Finding> findings = new ArrayList<>();
    private final Consumer<Finding> each;

    private Doctor(Patient patient, Consumer<Finding> each) {
        this.patient = patient;
        this.each = each;
    }

    /**
     * Examines. Blocks.
     *
     * @param each gets every line as soon as it is known and those before it are
     */
    public static Report run(Patient patient, Consumer<Finding> each) {
        return new Doctor(patient, each).run();
    }

    private Report run() {
        Targets targets = patient.targets();
        try (Examination exam = new Examination(DEADLINE, this::add)) {
            var udp = exam.begin("UDP out", Seen.NOTHING, () -> UdpCheck.run(targets.stun()));
            var tcp = exam.begin("TCP out", Reach.UNKNOWN, () -> TcpCheck.run("TCP out", targets.tcp(), TCP_MEANING));
            var web = exam.begin(
                    "443 out",
                    Reach.UNKNOWN,
                    () -> TcpCheck.run("443 out", targets.web().map(Doctor::port), WEB_MEANING));
            var clock = exam.begin("Clock", false, () -> ClockCheck.run(targets.web(), Clock.systemUTC()));
            var ice = patient.server().stream()
                    .flatMap(server -> server.ice().list().stream().map(entry -> tried(exam, server, entry.server())))
                    .toList();
            var tunnels = patient.server().stream()
                    .flatMap(server -> server.tunnels().list().stream()
                            .map(tunnel -> exam.begin(
                                    "Tunnel " + tunnel.name(),
                                    new Looked(tunnel.name(), false, false),
                                    () -> TunnelCheck.run(tunnel.status(), server.instance()))))
                    .toList();
            var gpu = exam.begin(
                    "GPU",
                    Optional.empty(),
                    () -> Checked.of(
                            Optional.empty(),
                            MachineCheck.gpu(patient.environment().getOrDefault("PATH", ""))));

            if (patient.place() == Place.COLAB) {
                add(Finding.note(
                        "Place", "Google Colab", "nothing comes in here but by a tunnel, and its rules hold", ""));
            }
            boolean onlyLoopback = take(LinksCheck.run(LocalAddresses.forHostCandidates()));
            Seen seen = udp.fact();
            Reach tcpReach = tcp.fact();
            Reach webReach = web.fact();
            List<Tried> tried = ice.stream()
                    .map(Examination.Begun::fact)
                    .filter(Objects::nonNull)
                    .toList();
            Optional<Relays> relays = patient.server()
                    .map(server -> take(IceCheck.all(tried, server.config().udpPort())));
            List<Looked> looked = tunnels.stream().map(Examination.Begun::fact).toList();
            String tool = take(ToolsCheck.run(patient.environment()));
            boolean clockIsWrong = clock.fact();
            gpu.fact();
            List<Taken> taken = machine();
            Facts facts = new Facts(
                    patient.place(),
                    onlyLoopback,
                    seen.nat(),
                    seen.localPort(),
                    seen.stunUri(),
                    seen.reach(),
                    tcpReach,
                    webReach,
                    clockIsWrong,
                    taken,
                    tool,
                    patient.server().map(server -> running(server, relays.orElse(Relays.NONE), tunneled(looked))));
            patient.server().ifPresent(server -> add(ViewCheck.line(server.localCandidates(), facts)));
            return new Report(findings, Verdict.of(facts));
        }
    }

    private static Examination.Begun<Tried> tried(Examination exam, Notecast server, IceServer asked) {
        return exam.begin(asked.uri(), null, () -> IceCheck.one(asked, server.ice()::test));
    }

    /** What the launcher's own lines say already is left out there. */
    private List<Taken> machine() {
        if (patient.place() == Place.LAUNCHER) {
            return List.of();
        }
        add(MachineCheck.disk(patient.folder()));
        add(MachineCheck.memory());
        if (patient.server().isEmpty()) {
            return take(PortsCheck.beforeStart(ServerConfig.DEFAULT));
        }
        ServerConfig config = patient.server().get().config();
        OptionalInt tcpPort = patient.server().get().status().tcpPort();
        add(Finding.ok(
                "Ports",
                "HTTP on " + config.host() + ":" + config.httpPort() + ", media on UDP " + config.udpPort()
                        + (tcpPort.isPresent() ? " and TCP " + tcpPort.getAsInt() : "")));
        return List.of();
    }

    private static Running running(Notecast server, Relays relays, Tunneled tunnels) {
        ServerConfig config = server.config();
        return new Running(
                tunnels.leadHere() || !AccessPolicy.isLoopback(config.host()),
                !config.ice().announced().isEmpty(),
                relays,
                tunnels);
    }

    private static Tunneled tunneled(List<Looked> all) {
        return new Tunneled(
                all.stream().anyMatch(Looked::leadHere),
                all.stream().anyMatch(Looked::tcp),
                all.stream().filter(each -> !each.leadHere()).map(Looked::name).toList());
    }

    private static InetSocketAddress port(URI web) {
        int port = web.getPort() >= 0 ? web.getPort() : web.getScheme().equals("http") ? 80 : 443;
        return InetSocketAddress.createUnresolved(web.getHost(), port);
    }

    private <T> T take(Checked<T> checked) {
        checked.findings().forEach(this::add);
        return checked.fact();
    }

    private void add(Finding finding) {
        findings.add(finding);
        each.accept(finding);
    }
}
