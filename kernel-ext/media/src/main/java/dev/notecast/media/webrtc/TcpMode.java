package dev.notecast.media.webrtc;

import java.util.OptionalInt;

/** Whether WebRTC may come over TCP too, for networks that let no UDP through (RFC 6544). */
public sealed interface TcpMode {
    /** On the TCP port of the UDP port's number. */
    record LikeUdp() implements TcpMode {}

    /** @param number 0 for any free one */
    record Port(int number) implements TcpMode {
        /** @throws IllegalArgumentException with one friendly line when it is no port */
        public Port {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException(
                        "TCP port " + number + " is not a port: take 1 to 65535, 0 for any, or off");
            }
        }
    }

    record Off() implements TcpMode {}

    /**
     * Reads {@code off} or a port.
     *
     * @throws IllegalArgumentException with one friendly line when it is neither
     */
    static TcpMode parse(String text) {
        if (text.equals("off")) {
            return new Off();
        }
        try {
            return new Port(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "TCP port '" + text + "' is not a port: take 1 to 65535, 0 for any, or off");
        }
    }

    /** The port to listen on, once the UDP port is known; empty for none. */
    default OptionalInt portFor(int udpPort) {
        return switch (this) {
            case LikeUdp like -> OptionalInt.of(udpPort);
            case Port port -> OptionalInt.of(port.number());
            case Off off -> OptionalInt.empty();
        };
    }
}
