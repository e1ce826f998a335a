package dev.notecast.server.tunnel;

import java.util.OptionalInt;

/**
 * Where a tunnel leads.
 *
 * @param http on loopback; what comes in there is never taken for this machine's own
 * @param tcp WebRTC media over TCP, empty when it is off
 */
public record LocalPorts(int http, OptionalInt tcp) {}
