package dev.notecast.magics.output;

/** How pictures travel from the server into a cell. */
public enum Via {
    /** WebRTC where the page reaches the server, else pictures through the kernel. */
    AUTO,
    WEBRTC,
    MJPEG,
    /** JPEG pictures through the kernel's own connection: needs no port. */
    COMM
}
