package dev.notecast.magics;

import dev.notecast.media.path.PathName;
import dev.notecast.rtc.io.ParseResult;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a path name from the command line. */
public final class PathNameConverter implements ITypeConverter<PathName> {
    /** Made by the command line parser. */
    public PathNameConverter() {}

    @Override
    public PathName convert(String text) {
        return switch (PathName.parse(text)) {
            case ParseResult.Ok<PathName> ok -> ok.value();
            case ParseResult.Malformed<PathName> malformed ->
                throw new TypeConversionException(problem(text, malformed.reason()));
        };
    }

    private static String problem(String text, String reason) {
        String quoted = "'" + text + "'";
        return reason.contains(quoted) ? reason : quoted + " is no path: " + reason;
    }
}
