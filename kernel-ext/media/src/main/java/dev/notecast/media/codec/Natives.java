package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/**
 * FFmpeg and OpenCV inside this JVM. They are loaded once, on a thread with a class loader: whichever thread comes
 * first (a kernel's, a native library's) may have none, and then nothing would be found for the JVM's life.
 */
public final class Natives {
    private static final int LOAD_DEADLINE_SECONDS = 120; // the first time, 100 MB are unpacked on a slow disk
    private static final CompletableFuture<Void> LOADED = new CompletableFuture<>();

    static {
        platformThread("notecast-decode-natives", Natives::loadAll).start();
    }

    private Natives() {}

    /**
     * Loads the libraries or waits until they are; called when the server starts, and by everything here that needs
     * them.
     *
     * @throws CodecException when they do not load, with what to do
     */
    public static void load() {
        await(LOADED);
    }

    private static void await(CompletableFuture<Void> loaded) {
        try {
            loaded.get(LOAD_DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CodecException(
                    "FFmpeg and OpenCV cannot be loaded (linux-x86_64 and linux-arm64 are supported): "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new CodecException("FFmpeg and OpenCV were not loaded within " + LOAD_DEADLINE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodecException("interrupted while FFmpeg and OpenCV were loaded", e);
        }
    }

    /**
     * Loads another part of OpenCV too, or waits until it is there.
     *
     * @param preset the class of its functions
     * @throws CodecException when it does not load
     */
    public static void load(Class<?> preset) {
        load();
        CompletableFuture<Void> loaded = new CompletableFuture<>();
        platformThread("notecast-decode-natives", () -> {
                    try {
                        Loader.load(preset);
                        loaded.complete(null);
                    } catch (RuntimeException | LinkageError e) {
                        loaded.completeExceptionally(e);
                    }
                })
                .start();
        await(loaded);
    }

    /** A daemon thread for native work: a platform one, as native calls hold on to their carrier, with a class loader. */
    public static Thread platformThread(String name, Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
        thread.setContextClassLoader(Natives.class.getClassLoader());
        return thread;
    }

    private static void loadAll() {
        try {
            Loader.load(avutil.class);
            Loader.load(avcodec.class);
            Loader.load(swscale.class);
            Loader.load(opencv_imgproc.class);
            Loader.load(opencv_imgcodecs.class);
            // Errors come back as codes and are told with the path's name; FFmpeg's own lines would let a publisher
            // of damaged data fill the log. They go to stderr, never to stdout.
            av_log_set_level(AV_LOG_FATAL);
            LOADED.complete(null);
        } catch (RuntimeException | LinkageError e) {
            LOADED.completeExceptionally(e);
        }
    }
}
