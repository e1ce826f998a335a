package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.vision.model.GpuAddon;
import dev.notecast.vision.model.ModelPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "enable",
        description = "Fetch ONNX Runtime with CUDA; models run on the GPU when the kernel has been restarted.")
final class GpuEnableCommand implements Runnable {
    private static final String NEEDS = "CUDA 12 and cuDNN 9, which the machine must have";

    @Option(names = "--yes", description = "Fetch it though nobody names its SHA-256.")
    private boolean yes;

    @Mixin
    private Help help;

    private final Display display;

    GpuEnableCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        ModelPool models = Servers.running().models();
        if (models.gpus().isEmpty()) {
            throw new MagicException("no NVIDIA GPU answers here (nvidia-smi), so there is nothing to enable");
        }
        GpuAddon addon = models.gpuAddon();
        String what = addon.info().name();
        if (models.hasCuda()) {
            display.show(new Output.TextLine("ONNX Runtime comes with CUDA already; it needs " + NEEDS + "."));
        } else if (!addon.isHere() && !yes) {
            display.show(new Output.TextLine(
                    what + " has " + ModelsCommand.mebibytes(addon.info().bytes()) + " (licence "
                            + addon.info().licence() + ") and comes from "
                            + addon.info().sources().getFirst().getHost()
                            + ", which names no SHA-256 of it. It needs " + NEEDS
                            + ". If you want it, run this again with --yes."));
        } else {
            fetch(addon, what);
        }
    }

    private void fetch(GpuAddon addon, String what) {
        if (!addon.isHere()) {
            display.show(new Output.TextLine("Fetching " + what + ", some minutes .."));
        }
        try {
            addon.fetch(share -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MagicException("interrupted");
        }
        display.show(
                new Output.TextLine(what + " is here. Restart the kernel: models run on the GPU then, where it finds "
                        + NEEDS + "; otherwise on the CPU, and '%pipeline models' says why."));
    }
}
