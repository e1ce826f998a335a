package dev.notecast.server.doctor;

import java.util.List;

/**
 * The server that runs, as far as the verdict needs it.
 *
 * @param reachable whether HTTP listens for other machines, or a tunnel leads here
 * @param announced whether addresses besides this machine's own are announced
 */
record Running(boolean reachable, boolean announced, Relays relays, Tunneled tunnels) {
    /**
     * The STUN and TURN servers in use.
     *
     * @param stun whether one tells the media port's address
     * @param symmetric whether two tell different ones
     * @param relay whether one has carried a packet
     * @param broken TURN servers that do not work
     */
    record Relays(boolean stun, boolean symmetric, boolean relay, List<String> broken) {
        static final Relays NONE = new Relays(false, false, false, List.of());

        Relays {
            broken = List.copyOf(broken);
        }
    }

    /**
     * The tunnels.
     *
     * @param leadHere whether one does
     * @param tcp whether one brings WebRTC over TCP
     * @param astray names of those that lead nowhere or elsewhere
     */
    record Tunneled(boolean leadHere, boolean tcp, List<String> astray) {
        static final Tunneled NONE = new Tunneled(false, false, List.of());

        Tunneled {
            astray = List.copyOf(astray);
        }
    }
}
