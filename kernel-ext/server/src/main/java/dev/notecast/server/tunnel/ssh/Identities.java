package dev.notecast.server.tunnel.ssh;

import dev.notecast.server.tunnel.TunnelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The keys to log in with, from files: no agent is asked.
 *
 * @param tried where they came from, or why there is none, for people
 */
record Identities(List<KeyPair> keys, List<String> tried) {
    private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /** @throws TunnelException when the file that was asked for cannot be used */
    static Identities load(Path folder, Optional<Path> asked) throws TunnelException {
        List<KeyPair> keys = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        if (asked.isPresent()) {
            keys.addAll(read(asked.get()));
            tried.add(asked.get().toString());
            return new Identities(keys, tried);
        }
        for (Path file :
                USUAL.stream().map(folder::resolve).filter(Files::isReadable).toList()) {
            try {
                keys.addAll(read(file));
                tried.add(file.toString());
            } catch (TunnelException e) {
                tried.add(e.getMessage());
            }
        }
        return new Identities(keys, tried);
    }

    private static List<KeyPair> read(Path file) throws TunnelException {
        try (InputStream in = Files.newInputStream(file)) {
            List<KeyPair> keys = new ArrayList<>();
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
            if (found != null) {
                found.forEach(keys::add);
            }
            if (keys.isEmpty()) {
                throw TunnelException.lasting(file + " holds no private key");
            }
            return keys;
        } catch (IOException e) {
            throw TunnelException.lasting("cannot read the key " + file + ": is it there, and yours?");
        } catch (GeneralSecurityException | RuntimeException e) { // what they say may hold parts of it
            throw TunnelException.lasting("the key " + file
                    + " has a passphrase or a form that is not known here: make one without for this, by"
                    + " ssh-keygen -t ed25519");
        }
    }
}
