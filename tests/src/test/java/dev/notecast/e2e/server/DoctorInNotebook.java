package dev.notecast.e2e.server;

import dev.notecast.magics.Magics;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IceServer;
import dev.notecast.rtc.ice.CandidateType;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A server with STUN and TURN servers, and {@code %doctor} as a notebook has it, on standard output. */
public final class DoctorInNotebook {
    public static final String PROPERTY = "notecast.test.ice";

    private DoctorInNotebook() {}

    public static void main(String[] arguments) {
        List<IceServer> servers = Arrays.stream(System.getProperty(PROPERTY).split(","))
                .filter(text -> !text.isEmpty())
                .map(text -> text.split(" "))
                .map(words -> IceServer.parse(words[0], words[1], words[2], Instant.MAX))
                .toList();
        try (Notecast server = Notecast.start(
                ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0).withStunServers(List.of()))) {
            servers.forEach(server.ice()::add);
            new Magics(DoctorInNotebook::print).run("doctor", List.of(arguments));
            // what an answer would say is outside, after that
            System.out.println("after: "
                    + server.localCandidates().stream()
                            .filter(candidate -> candidate.type() == CandidateType.SERVER_REFLEXIVE)
                            .map(candidate -> candidate.address() + ":" + candidate.port())
                            .collect(Collectors.joining(" ")));
        }
        System.exit(0);
    }

    private static void print(Output output) {
        switch (output) {
            case Output.TextLine line -> System.out.println(line.text());
            case Output.Table table -> table.rows().forEach(row -> System.out.println(String.join(" | ", row)));
            default -> throw new IllegalStateException("%doctor shows " + output);
        }
    }
}
