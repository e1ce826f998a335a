package dev.notecast.media.ingest.upload;

/** The picture files that can be uploaded. */
public enum ImageType {
    JPEG,
    PNG,
    WEBP
}
