package dev.notecast.media.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A TCP port cannot be listened on, most often because another program has it. */
public final class TcpPortException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final int port;

    TcpPortException(int port, Throwable cause) {
        super(
                "TCP port " + port + " cannot be used: " + cause.getMessage()
                        + "; choose another one or stop the program that has it",
                new IOException(cause));
        this.port = port;
    }

    public int port() {
        return port;
    }
}
