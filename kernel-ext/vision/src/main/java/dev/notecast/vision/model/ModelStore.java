package dev.notecast.vision.model;

import dev.notecast.vision.fetch.Download;
import dev.notecast.vision.fetch.FetchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;

/**
 * The folder of weights that were fetched, or put there by hand. Each is checked against its SHA-256 whenever it is asked for:
 * the publisher's, or where there is none the one that it had when it was fetched first. Any thread.
 */
final class ModelStore {
    private static final Duration DEADLINE = Duration.ofMinutes(30); // 140 MB at 1 Mbps take 20
    private static final long MAX_BYTES = 1L << 30; // of a file whose size nobody has told
    private static final String REMEMBERED = ".sha256";

    private final Path folder;
    private final boolean mayFetch;
    private final Duration deadline;
    private final ReentrantLock fetching = new ReentrantLock();

    /** @param folder made when it is needed */
    ModelStore(Path folder, boolean mayFetch) {
        this(folder, mayFetch, DEADLINE);
    }

    ModelStore(Path folder, boolean mayFetch, Duration deadline) {
        this.folder = folder;
        this.mayFetch = mayFetch;
        this.deadline = deadline;
    }

    /** Where the model lies when it is here. */
    Path path(ModelInfo model) {
        return folder.resolve(model.file());
    }

    boolean isHere(ModelInfo model) {
        return Files.isRegularFile(path(model), LinkOption.NOFOLLOW_LINKS);
    }

    /** The SHA-256 that the file must have; empty where the publisher names none and it has not been fetched. */
    Optional<String> sha256(ModelInfo model) {
        return model.sha256().or(() -> remembered(path(model)));
    }

    private static Path besides(Path file) {
        return file.resolveSibling(file.getFileName() + REMEMBERED);
    }

    private static Optional<String> remembered(Path file) {
        try {
            return Optional.of(Files.readString(besides(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * A file that is here.
     *
     * @throws ModelException when it is not, or it is another one than the publisher's
     */
    Path get(ModelInfo model) {
        Path file = path(model);
        if (!isHere(model)) {
            throw new ModelException("model '" + model.name() + "' is not here: '%pipeline models fetch " + model.name()
                    + "' gets it from " + host(model) + ", or " + byHand(model));
        }
        try {
            String found = hash(file);
            String expected = sha256(model).orElse(found);
            if (!found.equals(expected)) {
                throw new ModelException("'" + file + "' is not " + model.name() + " as it was published (SHA-256 "
                        + found + " instead of " + expected + "): delete it, and fetch it again");
            }
            return file;
        } catch (IOException e) {
            throw new ModelException("'" + file + "' cannot be read: may this user read it?", e);
        }
    }

    private static String host(ModelInfo model) {
        return model.sources().getFirst().getHost();
    }

    private String byHand(ModelInfo model) {
        URI source = model.sources().getFirst();
        return "put " + OwnModel.withoutSecrets(source) + " there by hand: " + path(model);
    }

    /**
     * Gets a file from its publisher; one that is here and right stays. Blocks for long.
     *
     * @param progress 0 to 1
     * @throws ModelException when it cannot be had; nothing new is there then
     */
    Path fetch(ModelInfo model, DoubleConsumer progress) throws InterruptedException {
        fetching.lockInterruptibly(); // who comes second finds the file
        try {
            return isHere(model) ? get(model) : fetchNew(model, progress);
        } finally {
            fetching.unlock();
        }
    }

    private Path fetchNew(ModelInfo model, DoubleConsumer progress) throws InterruptedException {
        if (!mayFetch) {
            throw new ModelException("model '" + model.name()
                    + "' is not here, and fetching is off (NOTECAST_FETCH=none): " + byHand(model));
        }
        List<String> failures = new ArrayList<>();
        try {
            makeFolder();
            for (URI source : model.sources()) {
                try {
                    return fetch(model, source, progress);
                } catch (FetchException e) {
                    failures.add(e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new ModelException(
                    "model '" + model.name() + "' cannot be kept in '" + folder
                            + "': make room, and check who may write there",
                    e);
        }
        throw new ModelException("model '" + model.name() + "' cannot be fetched: " + String.join(", and ", failures)
                + "; try again, or " + byHand(model));
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private Path fetch(ModelInfo model, URI source, DoubleConsumer progress)
            throws FetchException, IOException, InterruptedException {
        Path target = path(model);
        Path part = Download.partOf(target);
        try {
            long maxBytes = model.bytes() > 0 ? model.bytes() : MAX_BYTES;
            new Download(source, maxBytes, deadline).to(part, progress);
            String found = hash(part);
            if (!sha256(model).orElse(found).equals(found)) {
                throw FetchException.lasting("what came from " + source.getHost()
                        + " is another file than was published (its SHA-256 says so), and was not kept");
            }
            if (model.sha256().isEmpty()) {
                Files.writeString(besides(target), found + "\n");
            }
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
