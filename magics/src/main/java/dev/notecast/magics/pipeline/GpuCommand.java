package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.vision.model.GpuInfo;
import dev.notecast.vision.model.ModelPool;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "gpu",
        description = "Show the machine's NVIDIA GPUs, their memory, and whether models run there.",
        synopsisSubcommandLabel = "[COMMAND]")
final class GpuCommand implements Runnable {
    private static final List<String> COLUMNS = List.of("GPU", "Driver", "Memory used", "Models run on");

    @Mixin
    private Help help;

    private final Display display;

    private GpuCommand(Display display) {
        this.display = display;
    }

    static CommandLine create(Display display) {
        return new CommandLine(new GpuCommand(display)).addSubcommand(new GpuEnableCommand(display));
    }

    @Override
    public void run() {
        ModelPool models = Servers.running().models();
        List<GpuInfo> gpus = models.gpus();
        String where = gpus.isEmpty() ? "" : models.hasCuda() ? "it" : "the CPU ('%pipeline gpu enable' changes that)";
        display.show(new Output.Table(
                "GPUs",
                COLUMNS,
                gpus.stream().map(gpu -> row(gpu, where)).toList(),
                "No NVIDIA GPU answers here (nvidia-smi): all models run on the CPU."));
    }

    private static List<String> row(GpuInfo gpu, String where) {
        String used = String.format(
                Locale.ROOT, "%d of %d MiB (%.0f %%)", gpu.usedMib(), gpu.totalMib(), 100 * gpu.usedShare());
        return List.of(gpu.name(), gpu.driver(), used, where);
    }
}
