package dev.notecast.rtc.io;

import java.net.InetSocketAddress;

/**
 * A datagram that a state machine wants sent.
 *
 * @param data the receiver's from now on
 * @param local the socket to send it from, named as the state machine was told
 */
public record Transmit(byte[] data, LocalSocket local, InetSocketAddress remote) {}
