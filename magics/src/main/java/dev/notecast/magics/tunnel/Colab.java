package dev.notecast.magics.tunnel;

import java.util.Map;

/** Whether this is a notebook on Google Colab, which has rules of its own. */
public final class Colab {
    private Colab() {}

    /** @param environment {@link System#getenv()}, or a test's */
    public static boolean isHere(Map<String, String> environment) {
        return environment.containsKey("COLAB_RELEASE_TAG") || environment.containsKey("COLAB_BACKEND_VERSION");
    }
}
