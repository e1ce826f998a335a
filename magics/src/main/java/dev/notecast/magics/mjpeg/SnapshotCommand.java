package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathOrDefault;
import dev.notecast.magics.Servers;
import dev.notecast.magics.Streams;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "snapshot",
        sortOptions = false,
        description = "Show a path's newest picture, and save it if a file is named.")
final class SnapshotCommand implements Runnable {
    private static final Duration WAIT = Duration.ofSeconds(5); // the decoder may have to wait for a keyframe

    @Mixin
    private PathOrDefault path;

    @Parameters(index = "1", paramLabel = "FILE", arity = "0..1", description = "Save it here too.")
    private Path file;

    @Mixin
    private PictureOptions options;

    @Mixin
    private Help help;

    private final Display display;

    SnapshotCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        PathName shown = path.of(server);
        JpegOptions asked = options.read(server.mjpegDefaults(shown));
        byte[] jpeg = Streams.need(server, shown, () -> server.snapshot(shown, asked, WAIT));
        if (file != null) {
            save(jpeg);
        }
        display.show(new Output.Picture(jpeg, "A picture of '" + shown + "'"));
    }

    private void save(byte[] jpeg) {
        try {
            Files.write(file, jpeg);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write the picture to '" + file + "': " + reason(e), e);
        }
        display.show(new Output.TextLine(jpeg.length / 1024 + " KiB saved to " + file.toAbsolutePath()));
    }

    private static String reason(IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing -> "there is no such folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(problem.getMessage());
        };
    }
}
