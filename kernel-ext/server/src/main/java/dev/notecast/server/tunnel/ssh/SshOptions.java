package dev.notecast.server.tunnel.ssh;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to tunnel through an SSH server.
 *
 * @param folder where the user's keys are, {@code ~/.ssh}
 * @param identity the key to log in with; empty for the usual ones
 * @param remotePort where the server listens for HTTP, 0 lets it choose
 * @param remoteTcpPort where it listens for WebRTC over TCP; empty for nowhere
 * @param publicUrl where HTTP is reached, when it is not the server's name and that port
 */
public record SshOptions(
        SshTarget target,
        Path folder,
        Path knownHosts,
        Optional<Path> identity,
        int remotePort,
        OptionalInt remoteTcpPort,
        Optional<URI> publicUrl) {}
