package dev.notecast.magics.output;

import java.net.URI;

/**
 * One address to show.
 *
 * @param what the address is for, such as {@code Publish from a browser}
 * @param opens whether a browser can open it; false for addresses meant for OBS or ffmpeg
 */
public record Link(String what, URI url, boolean opens) {}
