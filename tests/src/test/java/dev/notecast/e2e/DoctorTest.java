package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.e2e.net.Namespace;
import dev.notecast.e2e.net.TurnHost;
import dev.notecast.e2e.server.DoctorInNotebook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines behind one router that treats each in another way, all examined at once; coturn tells the NATs apart. */
@Tag("e2e")
class DoctorTest {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String ROUTER = "198.51.100.1";
    private static final String TURN = "198.51.100.2";
    private static final String TURN_AGAIN = "198.51.100.3";
    private static final String ONE_TO_ONE = "198.51.100.77";
    private static final int AT_ONCE = 3; // more would wait for each other's classes, and the doctor's deadlines run
    private static final List<String> ASKING =
            List.of("--ask", "stun:" + TURN + ":3478", "--tcp", TURN + ":3478", "--web", "https://" + TURN + "/");

    @TempDir
    private static Path folder;

    /** What makes a machine's network what it is, and what the doctor has to say there. */
    private enum Behind {
        NO_NAT("203.0.113", List.of(), "ok      NAT: none", "Nothing to change: browsers elsewhere reach"),
        SYMMETRIC(
                "10.0.1",
                List.of("-t nat -A POSTROUTING -s 10.0.1.0/24 -j MASQUERADE --random"),
                "note    NAT: symmetric: another port of " + ROUTER + " for every address and port",
                "%ice add turn:HOST:3478 "),
        CONE(
                "10.0.2",
                List.of("-t nat -A POSTROUTING -s 10.0.2.0/24 -j MASQUERADE"),
                "ok      NAT: port-restricted cone, " + ROUTER + " outside",
                "Nothing to change: media gets through the NAT to most browsers"),
        ONE_TO_ONE_NAT(
                "10.0.3",
                List.of(
                        "-t nat -A POSTROUTING -s 10.0.3.0/24 -j SNAT --to " + ONE_TO_ONE,
                        "-t nat -A PREROUTING -d " + ONE_TO_ONE + " -j DNAT --to 10.0.3.2"),
                "ok      NAT: full cone, " + ONE_TO_ONE + " outside",
                "Nothing to change"),
        NO_UDP(
                "10.0.4",
                List.of(
                        "-A FORWARD -s 10.0.4.0/24 -p udp -j DROP",
                        "-t nat -A POSTROUTING -s 10.0.4.0/24 -j MASQUERADE"),
                "note    UDP out: no answer from " + TURN,
                "%ice add turn:HOST:3478?transport=tcp "),
        WEB_ONLY(
                "10.0.5",
                List.of(
                        "-A FORWARD -s 10.0.5.0/24 -p tcp --dport 443 -j ACCEPT",
                        "-A FORWARD -s 10.0.5.0/24 -j DROP",
                        "-t nat -A POSTROUTING -s 10.0.5.0/24 -j MASQUERADE"),
                "note    TCP out: " + TURN + ":3478 does not answer",
                "%ice add turns:HOST:443 "),
        NO_ROUTE("10.0.6", List.of(), "note    443 out: " + TURN + ":443 is out of reach", "Nothing outside answers");

        private final String network;
        private final List<String> rules;
        private final String finding;
        private final String verdict;

        Behind(String network, List<String> rules, String finding, String verdict) {
            this.network = network;
            this.rules = rules;
            this.finding = finding;
            this.verdict = verdict;
        }
    }

    @Test
    void tellsWhatIsInTheWayAndTheOneChangeThatHelps() {
        Map<Behind, Namespace> machines = new LinkedHashMap<>();
        List<ChildProcess> doctors = new ArrayList<>();
        try (Namespace router = Namespace.create();
                Namespace turnNet = Namespace.create()) {
            router.link(turnNet, "turn", ROUTER + "/24", TURN + "/24");
            router.address("turn", ONE_TO_ONE + "/24");
            turnNet.address("turn", TURN_AGAIN + "/24");
            turnNet.ip("route add default via " + ROUTER);
            router.sysctl("net.ipv4.ip_forward=1");
            for (Behind behind : Behind.values()) {
                machines.put(behind, machine(router, behind));
            }
            try (TurnHost turn = TurnHost.startIn(turnNet, TURN, TURN_AGAIN, folder)) {
                Map<Behind, ChildProcess> launchers = new LinkedHashMap<>();
                machines.forEach((behind, machine) ->
                        launchers.put(behind, doctor(machine, List.of(), "dev.notecast.magics.DoctorMain")));
                doctors.addAll(launchers.values());
                String main = DoctorInNotebook.class.getName();
                ChildProcess relayed = doctor(machines.get(Behind.SYMMETRIC), using(turn, turn.iceServers()), main);
                doctors.add(relayed);
                ChildProcess fixed = doctor(machines.get(Behind.CONE), using(turn, List.of()), main, "fix");
                doctors.add(fixed);
                assertRelayIsEnough(relayed);
                assertAddsTheStunServer(fixed);
            }
        } finally {
            doctors.forEach(ChildProcess::close);
            machines.values().forEach(Namespace::close);
        }
    }

    private static Namespace machine(Namespace router, Behind behind) {
        Namespace machine = Namespace.create();
        router.link(machine, "c" + behind.ordinal(), behind.network + ".1/24", behind.network + ".2/24");
        if (behind != Behind.NO_ROUTE) {
            machine.ip("route add default via " + behind.network + ".1");
        }
        behind.rules.forEach(router::iptables);
        return machine;
    }

    private static List<String> using(TurnHost turn, List<String> iceServers) {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + turn.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-D" + DoctorInNotebook.PROPERTY + "=" + String.join(",", iceServers));
    }

    private static ChildProcess doctor(Namespace machine, List<String> options, String main, String... first) {
        List<String> command = new ArrayList<>(machine.enter());
        command.addAll(
                List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(first));
        command.addAll(ASKING);
        return ChildProcess.start("the doctor", Tools.REPOSITORY, Map.of(), command);
    }

    private static void assertSays(Behind behind, ChildProcess doctor) {
        int code = doctor.awaitExit(DEADLINE);
        String said = behind + ":\n" + String.join("\n", doctor.lines());
        assertEquals(0, code, said);
        assertTrue(doctor.lines().stream().anyMatch(line -> line.startsWith(behind.finding)), said);
        assertTrue(doctor.lines().getLast().contains(behind.verdict), said);
    }

    /** Media has its way there, so others who see the page are what is missing. */
    private static void assertRelayIsEnough(ChildProcess notebook) {
        int code = notebook.awaitExit(DEADLINE);
        String said = String.join("\n", notebook.lines());
        assertEquals(0, code, said);
        assertTrue(said.contains("a browser elsewhere gets through, at worst by a relay"), said);
        for (String uri : List.of(
                "turn:" + TURN + ":3478?transport=udp",
                "turn:" + TURN + ":3478?transport=tcp",
                "turns:" + TURN + ":443?transport=tcp")) {
            assertTrue(said.contains(" ok | " + uri + " | relay " + TURN + ":"), said);
        }
        assertTrue(said.contains("The one change to make: Media gets through, but only this machine"), said);
        assertTrue(!said.contains("secret"), said);
    }

    /** Without it nobody elsewhere would know the outside of the media port. */
    private static void assertAddsTheStunServer(ChildProcess notebook) {
        int code = notebook.awaitExit(DEADLINE);
        String said = String.join("\n", notebook.lines());
        assertEquals(0, code, said);
        assertTrue(said.contains("Running '%ice add stun:" + TURN + ":3478'"), said);
        assertTrue(said.contains("In use: stun:" + TURN + ":3478"), said);
        assertTrue(said.contains("after: " + ROUTER + ":"), said);
    }
}
