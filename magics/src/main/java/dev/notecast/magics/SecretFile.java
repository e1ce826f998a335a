package dev.notecast.magics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A file that holds one secret of this user's: a token, a password, a key. */
public final class SecretFile {
    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> SHARED =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private SecretFile() {}

    /** @throws MagicException when it cannot be read, others can read it, or it is too long */
    public static String read(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(SHARED::contains)) {
                throw new MagicException("others may read '" + file + "': chmod 600 it, and think of a new secret");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new MagicException("'" + file + "' is too long to hold a secret");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new MagicException("cannot read the secret in '" + file + "'");
        }
    }
}
