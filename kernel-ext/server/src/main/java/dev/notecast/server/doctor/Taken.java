package dev.notecast.server.doctor;

/**
 * A port that the server would need and somebody else has.
 *
 * @param flag of {@code %sfu start} that takes another
 * @param port as in {@code TCP port 8889}
 * @param free one that is free
 */
record Taken(String flag, String port, int free) {}
