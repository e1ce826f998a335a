package dev.notecast.magics;

import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.NotecastException;
import dev.notecast.server.ice.IceException;
import dev.notecast.vision.filter.FilterException;
import dev.notecast.vision.model.ModelException;
import dev.notecast.vision.pipeline.PipelineException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Parses the arguments of a magic or a program and runs the command they name; whatever goes wrong leaves as {@link MagicException}. */
final class CommandRunner {
    private CommandRunner() {}

    /** Runs one of {@code install/notecast}'s programs, whose help is printed; what goes wrong ends the JVM with 2. */
    static void runProgram(Runnable program, String[] arguments) {
        try {
            run(new CommandLine(program), List.of(arguments), output -> {
                if (output instanceof Output.Preformatted usage) {
                    System.out.println(usage.text());
                }
            });
        } catch (MagicException e) {
            System.err.println("notecast: " + e.getMessage());
            System.exit(2);
        }
    }

    /** @throws MagicException when the arguments are wrong or the command cannot do its work */
    static void run(CommandLine command, List<String> arguments, Display display) {
        command.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(100);
        try {
            ParseResult parsed = command.parseArgs(arguments.toArray(String[]::new));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            CommandLine leaf = parsed.commandSpec().commandLine();
            if (!parsed.isUsageHelpRequested() && leaf.getCommand() instanceof Runnable runnable) {
                runnable.run();
            } else {
                display.show(
                        new Output.Preformatted(leaf.getUsageMessage(Ansi.OFF).strip()));
            }
        } catch (ParameterException e) {
            throw new MagicException(BadInput.explain(e));
        } catch (FilterException e) {
            throw new MagicException(NearestMatch.meant(e.getMessage(), e.unknown(), e.known()));
        } catch (PipelineException e) {
            throw new MagicException(NearestMatch.meant(e.getMessage(), e.unknown(), e.known()));
        } catch (NotecastException | IceException | ModelException | IllegalArgumentException e) {
            throw new MagicException(e.getMessage());
        }
    }
}
