package dev.notecast.magics.ice;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.TrialResult;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.server.ice.IceCatalogue;
import dev.notecast.server.ice.IceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        description = "Try the servers from end to end: each TURN server carries a packet there and back.")
final class TestCommand implements Runnable {
    @Parameters(paramLabel = "URI", arity = "0..1", description = "Only this one, as '%%ice list' names it.")
    private String uri;

    @Mixin
    private Help help;

    private final Display display;

    TestCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        IceCatalogue ice = Servers.running().ice();
        List<IceServer> chosen = uri != null
                ? List.of(ice.find(uri))
                : ice.list().stream().map(IceEntry::server).toList();
        if (chosen.isEmpty()) {
            say("There is no STUN or TURN server to test: '%ice add' takes one, '%ice fetch' asks a provider.");
            return;
        }
        say("Testing " + (chosen.size() == 1 ? chosen.getFirst().uri() : chosen.size() + " servers")
                + ", at most half a minute ..");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<TrialResult> tests = new ExecutorCompletionService<>(threads);
            chosen.forEach(server -> tests.submit(() -> ice.test(server)));
            for (int i = 0; i < chosen.size(); i++) {
                say(line(tests.take().get()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a test broke off", e.getCause());
        }
    }

    private static String line(TrialResult result) {
        String uri = result.server().uri();
        List<String> said = new ArrayList<>();
        if (result.works()) {
            String way = result.server() instanceof TurnServer ? "a packet there and back took " : "answered in ";
            said.add(way + IceTable.millis(result.roundTrip()));
            said.add("gives " + String.join(", ", result.candidates()));
        }
        if (!result.problem().isEmpty()) {
            said.add(IceTable.withoutUri(result.problem(), uri));
        }
        return uri + (result.works() ? ": works, " : ": FAILED, ") + String.join("; ", said);
    }

    private void say(String line) {
        display.show(new Output.TextLine(line));
    }
}
