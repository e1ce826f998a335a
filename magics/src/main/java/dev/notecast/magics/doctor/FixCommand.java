package dev.notecast.magics.doctor;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.doctor.Verdict;
import dev.notecast.server.doctor.Verdict.Change;
import dev.notecast.server.doctor.Verdict.Nothing;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "fix",
        sortOptions = false,
        description = "Make the one change, where it needs no secret and nothing public; else say how to make it.")
final class FixCommand implements Runnable {
    @Mixin
    private DoctorOptions options;

    @Mixin
    private Help help;

    private final Display display;
    private final BiConsumer<String, List<String>> magics;

    FixCommand(Display display, BiConsumer<String, List<String>> magics) {
        this.display = display;
        this.magics = magics;
    }

    @Override
    public void run() {
        display.show(new Output.TextLine("Looking first: this takes ten seconds at most."));
        Verdict verdict = Consultation.hold(options).verdict();
        switch (verdict) {
            case Change change
            when change.automatic() -> {
                display.show(new Output.TextLine(change.text() + ". Running " + FindingsTable.joined(change) + "."));
                change.commands().forEach(this::type);
            }
            case Change change ->
                display.show(new Output.TextLine(
                        "Nothing was changed: this is for you to decide. " + FindingsTable.advice(change, "")));
            case Nothing nothing -> display.show(new Output.TextLine(nothing.text() + "."));
        }
    }

    private void type(String command) {
        List<String> words = Arrays.asList(command.substring(1).split(" "));
        magics.accept(words.getFirst(), words.subList(1, words.size()));
    }
}
