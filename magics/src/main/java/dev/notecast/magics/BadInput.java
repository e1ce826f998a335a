package dev.notecast.magics;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what the command line parser complains about into one line that says what to type instead. */
final class BadInput {
    private static final Pattern JAVA_TYPE = Pattern.compile("is not an? (int|long)$");
    private static final Pattern PARAMETER =
            Pattern.compile("^Invalid value for positional parameter at index \\d+ \\([^)]*\\): ");
    private static final Pattern CHOICE =
            Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was ('.*')$");

    private BadInput() {}

    static String explain(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String help = " ('" + command.getCommandSpec().qualifiedName() + " --help' shows all)";
        return switch (problem) {
            case UnmatchedArgumentException unmatched ->
                unmatched(unmatched.getUnmatched().getFirst(), command) + help;
            case MissingParameterException missing -> missing(missing, command) + help;
            default -> firstLine(problem);
        };
    }

    private static String unmatched(String word, CommandLine command) {
        boolean option = word.startsWith("-");
        Set<String> known = new TreeSet<>(
                option
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet());
        String name = option ? word.split("=", 2)[0] : word;
        String kind = option ? "option" : known.isEmpty() ? "argument" : "command";
        return "unknown " + kind + " '" + name + "'"
                + NearestMatch.of(name, known)
                        .map(nearest -> ", did you mean '" + nearest + "'?")
                        .orElse("");
    }

    private static String missing(MissingParameterException problem, CommandLine command) {
        return command.getCommandSpec().qualifiedName() + " needs "
                + problem.getMissing().stream().map(BadInput::name).collect(Collectors.joining(" and "));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static String firstLine(ParameterException problem) {
        String line = problem.getMessage().lines().findFirst().orElse("bad input");
        String plain = JAVA_TYPE.matcher(line).replaceFirst("is no whole number");
        plain = PARAMETER.matcher(plain).replaceFirst("");
        plain = CHOICE.matcher(plain)
                .replaceFirst(choice -> Matcher.quoteReplacement(
                        choice.group(2) + " is none of " + choice.group(1).toLowerCase(Locale.ROOT)));
        return Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
    }
}
