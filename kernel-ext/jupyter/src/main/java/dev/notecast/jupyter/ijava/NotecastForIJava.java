package dev.notecast.jupyter.ijava;

import dev.notecast.jupyter.Notebook;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;

/** IJava knows no extensions: a cell, or a kernel made with its base, calls {@link #install}. */
public final class NotecastForIJava {
    private NotecastForIJava() {}

    /**
     * Makes the magics known to a kernel.
     *
     * @return closes the server and all else that the magics have started; may be left to the end of the JVM
     */
    public static AutoCloseable install(BaseKernel kernel, Magics magics) {
        return Notebook.open(new IJavaPort(kernel, magics));
    }
}
