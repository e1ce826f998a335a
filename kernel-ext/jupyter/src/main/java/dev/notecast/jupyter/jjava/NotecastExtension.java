package dev.notecast.jupyter.jjava;

import dev.notecast.jupyter.Notebook;
import dev.notecast.jupyter.PrivateField;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;

/** Found by JJava on the class path. JJava makes new instances as it likes, so the state is not in one. */
public final class NotecastExtension implements Extension {
    private static final AtomicReference<Notebook> NOTEBOOK = new AtomicReference<>();
    private static final PrivateField<String> LANGUAGE_VERSION =
            PrivateField.of(LanguageInfo.class, "version", String.class);
    // Pages write it into notebooks: the JDK's own, patch level and all, would make them modified once they are opened.
    private static final String JAVA_VERSION = "21+";
    private static final long REPLY_MS = 500; // the answer to the shutdown request goes out after this call

    /** Called by JJava's service loader. */
    public NotecastExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        try {
            if (NOTEBOOK.get() == null) {
                LANGUAGE_VERSION.set(kernel.getLanguageInfo(), JAVA_VERSION);
                NOTEBOOK.set(Notebook.open(new JJavaPort(kernel)));
            }
        } catch (Throwable t) { // an exception here would keep the kernel from starting
            System.err.println("Notecast could not start: " + t);
        }
    }

    /** The kernel has been told to end, but threads of its own would keep the JVM until somebody kills it. */
    @Override
    public void uninstall(BaseKernel kernel) {
        Notebook notebook = NOTEBOOK.getAndSet(null);
        if (notebook != null) {
            CompletableFuture.delayedExecutor(REPLY_MS, TimeUnit.MILLISECONDS).execute(() -> System.exit(0));
            notebook.close();
        }
    }
}
