package dev.notecast.magics.output;

import java.net.URI;

/**
 * One address to show.
 *
 * @param what the address is for, such as {@code Publish from a browser}
 * @param opens whether it is a page for a browser; false for addresses meant for OBS, ffmpeg and the like
 */
public record Link(String what, URI url, boolean opens) {}
