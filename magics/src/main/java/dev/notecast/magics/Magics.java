package dev.notecast.magics;

import dev.notecast.magics.doctor.DoctorCommand;
import dev.notecast.magics.filter.FilterCommand;
import dev.notecast.magics.filter.NotebookJava;
import dev.notecast.magics.ice.IceCommand;
import dev.notecast.magics.mjpeg.MjpegCommand;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.pipeline.PipelineCommand;
import dev.notecast.magics.sfu.SfuCommand;
import dev.notecast.magics.tunnel.TunnelCommand;
import java.util.List;
import picocli.CommandLine;

/** Every magic by name. A kernel registers the names and calls {@link #run} and {@link #runCell}. */
public final class Magics {
    public static final List<String> NAMES = List.of("sfu", "mjpeg", "pipeline", "tunnel", "ice", "doctor", "notecast");

    /** Every cell magic: for {@link #runCell}. */
    public static final List<String> CELL_NAMES = List.of("filter");

    private final Display display;

    public Magics(Display display) {
        this.display = display;
    }

    /**
     * Runs a magic on the calling thread.
     *
     * @param name one of {@link #NAMES}
     * @throws MagicException when the arguments are wrong or the magic cannot do its work
     */
    public void run(String name, List<String> arguments) {
        CommandLine command =
                switch (name) {
                    case "sfu" -> SfuCommand.create(display);
                    case "mjpeg" -> MjpegCommand.create(display);
                    case "pipeline" -> PipelineCommand.create(display);
                    case "tunnel" -> TunnelCommand.create(display, System.getenv());
                    case "ice" -> IceCommand.create(display);
                    case "doctor" -> DoctorCommand.create(display, this::run);
                    case "notecast" -> new CommandLine(new NotecastCommand(display));
                    default -> throw new MagicException("there is no magic '%" + name + "'");
                };
        CommandRunner.run(command, arguments, display);
    }

    /**
     * Runs a cell magic on the calling thread.
     *
     * @param name one of {@link #CELL_NAMES}
     * @param body what stands below the magic's line
     * @throws MagicException as {@link #run} does, and whatever {@code java} throws
     */
    public void runCell(String name, List<String> arguments, String body, NotebookJava java) {
        CommandLine command =
                switch (name) {
                    case "filter" -> FilterCommand.create(display, body, java);
                    default -> throw new MagicException("there is no magic '%%" + name + "'");
                };
        CommandRunner.run(command, arguments, display);
    }
}
