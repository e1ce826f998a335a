package dev.notecast.jupyter;

import dev.notecast.jupyter.widget.Widgets;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.Magics;
import dev.notecast.media.codec.CodecException;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.frame.Frames;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Notecast in one kernel: makes the magics known, and closes what they have started when the kernel or the JVM ends. */
public final class Notebook implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Notebook.class.getName());
    private static final List<String> IMPORTS = List.of(
            Notecast.class.getName(), ServerConfig.class.getName(), PathName.class.getName(), Duration.class.getName());

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Widgets widgets;
    private final Magics magics;

    private Notebook(KernelPort kernel) {
        widgets = new Widgets(kernel);
        magics = new Magics(new CellDisplay(kernel, widgets));
    }

    /** Called while the kernel starts, so it only registers: what takes time runs on a thread of its own. */
    public static Notebook open(KernelPort kernel) {
        Notebook notebook = new Notebook(kernel);
        for (String name : Magics.NAMES) {
            kernel.registerLineMagic(
                    name, arguments -> notebook.run("%" + name, () -> notebook.magics.run(name, arguments)));
        }
        for (String name : Magics.CELL_NAMES) {
            kernel.registerCellMagic(
                    name,
                    (arguments, body) -> notebook.run(
                            "%%" + name, () -> notebook.magics.runCell(name, arguments, body, new CellJava(kernel))));
        }
        notebook.widgets.answerReloadedPages();
        kernel.showAsJpeg(Frame.class, Frame::toJpeg);
        kernel.showAsJpeg(Frames.class, frames -> frames.contactSheet().toJpeg());
        Runtime.getRuntime().addShutdownHook(new Thread(notebook::close, "notecast-shutdown"));
        ParentWatch.start();
        loadNativesInBackground();
        try {
            kernel.addImports(IMPORTS);
        } catch (RuntimeException e) { // cells then write the import themselves
            LOG.log(Level.WARNING, "cells have to import Notecast themselves", e);
        }
        return notebook;
    }

    /** The first picture need not wait for it then, and no thread without a class loader comes first. */
    private static void loadNativesInBackground() {
        Natives.platformThread("notecast-natives", () -> {
                    try {
                        Natives.load();
                    } catch (CodecException e) { // whoever needs pictures is told then
                        LOG.log(Level.DEBUG, "no pictures", e);
                    }
                })
                .start();
    }

    private void run(String name, Runnable magic) {
        try {
            magic.run();
        } catch (KernelPort.MagicFailed e) {
            throw e;
        } catch (MagicException e) {
            throw new KernelPort.MagicFailed(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, name, e); // without its arguments, which may hold a password
            String line = name + " failed in a way it should not: " + e + " (the kernel's log has more)";
            throw new KernelPort.MagicFailed(line);
        }
    }

    /** Stops the widgets and the server; may be called twice, and both by the kernel and by the end of the JVM. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            widgets.close();
            Notecast.running().ifPresent(Notecast::close);
        }
    }
}
