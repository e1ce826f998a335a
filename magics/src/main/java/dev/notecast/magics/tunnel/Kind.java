package dev.notecast.magics.tunnel;

import java.util.List;

/** The kinds of tunnel that people can ask for. */
enum Kind {
    /** The first that can work here. */
    AUTO,
    CLOUDFLARED,
    NGROK,
    SSH,
    /** Colab's own port proxy. */
    COLAB,
    NONE;

    /** In the order in which {@link #AUTO} tries them. */
    static final List<Kind> AUTOMATIC = List.of(CLOUDFLARED, NGROK, SSH);
}
