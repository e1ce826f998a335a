package dev.notecast.media.dtls;

/**
 * What {@link DtlsHandshakes} has done so far.
 *
 * @param open associations now
 * @param droppedIn datagrams dropped because an association's queue was full or they were too long
 */
public record DtlsCounters(int open, long established, long failed, long droppedIn) {}
