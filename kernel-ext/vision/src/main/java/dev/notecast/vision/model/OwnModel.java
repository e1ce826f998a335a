package dev.notecast.vision.model;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A model that is named by its address, and no publisher's. */
final class OwnModel {
    private static final int MAX_FILE_NAME = 100;

    private OwnModel() {}

    static boolean isAddress(String name) {
        return name.startsWith("https://") || name.startsWith("http://");
    }

    /** @throws ModelException when it is no address of a file */
    static ModelInfo at(String address) {
        URI source;
        try {
            source = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new ModelException("'" + address + "' is no address of a model", e);
        }
        return new ModelInfo(
                withoutSecrets(source),
                "yours",
                fileName(source),
                List.of(source),
                0,
                Optional.empty(),
                "not known",
                "",
                List.of(),
                List.of());
    }

    /** Without a query, which may hold a token: names are shown and logged. */
    static String withoutSecrets(URI source) {
        String port = source.getPort() < 0 ? "" : ":" + source.getPort();
        String path = source.getPath() == null ? "" : source.getPath();
        return source.getScheme() + "://" + source.getHost() + port + path;
    }

    /** One of its own for each address, in which nothing of that can lead to another folder. */
    private static String fileName(URI source) {
        String path = source.getPath() == null ? "" : source.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        String readable = last.length() <= MAX_FILE_NAME ? last : last.substring(last.length() - MAX_FILE_NAME);
        return UUID.nameUUIDFromBytes(source.toString().getBytes(StandardCharsets.UTF_8)) + "-" + readable;
    }
}
