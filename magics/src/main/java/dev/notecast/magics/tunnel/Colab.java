package dev.notecast.magics.tunnel;

import java.util.Map;

/** Whether this is a notebook on Google Colab, which has rules of its own. */
final class Colab {
    private Colab() {}

    static boolean isHere(Map<String, String> environment) {
        return environment.containsKey("COLAB_RELEASE_TAG") || environment.containsKey("COLAB_BACKEND_VERSION");
    }
}
