package dev.notecast.server.doctor;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.server.Notecast;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.doctor.Examination.Begun;
import dev.notecast.server.doctor.IceCheck.Tried;
import dev.notecast.server.doctor.Running.Relays;
import dev.notecast.server.doctor.Running.Tunneled;
import dev.notecast.server.doctor.TunnelCheck.Looked;
import dev.notecast.server.doctor.UdpCheck.Seen;
import dev.notecast.server.tunnel.Tunnel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Looks at the network, the machine and the server that runs, line by line, and says which one change helps most. All
 * checks run side by side; it takes as long as the slowest, {@link #DEADLINE} at most.
 */
public final class Doctor {
    static final Duration DEADLINE = Duration.ofSeconds(10);

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
        try (Examination exam = new Examination(DEADLINE, this::add)) {
            Outward outward = Outward.begin(exam, patient.targets());
            List<Begun<Tried>> servers = patient.server().stream()
                    .flatMap(server -> server.ice().list().stream().map(entry -> begin(exam, server, entry.server())))
                    .toList();
            List<Begun<Looked>> tunnels = patient.server().stream()
                    .flatMap(server -> server.tunnels().list().stream().map(tunnel -> begin(exam, server, tunnel)))
                    .toList();
            Begun<Boolean> gpu = exam.begin("GPU", false, () -> MachineCheck.gpu(path()));

            if (patient.place() == Place.COLAB) {
                add(Finding.note(
                        "Place", "Google Colab", "nothing comes in here but by a tunnel, and its rules hold", ""));
            }
            boolean onlyLoopback = take(LinksCheck.run(LocalAddresses.forHostCandidates()));
            Seen seen = outward.udp().fact();
            Reach tcp = outward.tcp().fact();
            Reach web = outward.web().fact();
            Optional<Running> running = patient.server().map(server -> running(server, servers, tunnels));
            add(ToolsCheck.line(patient.environment()));
            boolean clockIsWrong = outward.clockIsWrong().fact();
            gpu.fact();
            Facts facts = new Facts(
                    patient.place(),
                    onlyLoopback,
                    seen.nat(),
                    seen.localPort(),
                    seen.stunUri(),
                    seen.reach(),
                    tcp,
                    web,
                    clockIsWrong,
                    machine(),
                    running);
            patient.server().ifPresent(server -> add(ViewCheck.line(server.localCandidates(), facts)));
            return new Report(findings, Verdict.of(facts));
        }
    }

    private String path() {
        return patient.environment().getOrDefault("PATH", "");
    }

    private static Begun<Tried> begin(Examination exam, Notecast server, IceServer asked) {
        return exam.begin(IceCheck.late(asked), () -> IceCheck.one(asked, server.ice()::test));
    }

    private static Begun<Looked> begin(Examination exam, Notecast server, Tunnel tunnel) {
        return exam.begin(
                "Tunnel " + tunnel.name(),
                new Looked(tunnel.name(), false, false),
                () -> TunnelCheck.run(tunnel.status(), server.instance()));
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

    private Running running(Notecast server, List<Begun<Tried>> servers, List<Begun<Looked>> tunnels) {
        ServerConfig config = server.config();
        Relays relays = take(IceCheck.all(servers.stream().map(Begun::fact).toList(), config.udpPort()));
        List<Looked> looked = tunnels.stream().map(Begun::fact).toList();
        boolean leadHere = looked.stream().anyMatch(Looked::leadHere);
        return new Running(
                leadHere || !AccessPolicy.isLoopback(config.host()),
                !config.ice().announced().isEmpty(),
                relays,
                new Tunneled(
                        leadHere,
                        looked.stream().anyMatch(Looked::tcp),
                        looked.stream()
                                .filter(tunnel -> !tunnel.leadHere())
                                .map(Looked::name)
                                .toList()));
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
