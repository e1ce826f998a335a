package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativesTest {
    @Test
    void loadsFromAThreadWithoutAClassLoader() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread bare = Thread.ofPlatform().daemon().unstarted(() -> {
            try {
                Natives.load();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        bare.setContextClassLoader(null);
        bare.start();
        done.get(60, TimeUnit.SECONDS);
    }

    @Test
    void itsThreadsAreDaemonsWithAClassLoader() {
        Thread thread = Natives.platformThread("notecast-decode-x", () -> {});
        assertNotNull(thread.getContextClassLoader());
        assertTrue(thread.isDaemon() && !thread.isVirtual());
    }
}
