package dev.notecast.media.egress.mjpeg;

/** A JPEG on its way to the viewers of a feed. Good only while it is shown, on the feed's thread. */
public final class SharedJpeg {
    private final JpegFrame frame;
    private final PartPool parts;
    private MultipartPart part; // made for the first viewer that wants it

    SharedJpeg(JpegFrame frame, PartPool parts) {
        this.frame = frame;
        this.parts = parts;
    }

    public JpegFrame frame() {
        return frame;
    }

    /** The picture as bytes for the wire, the same for every viewer; whoever gets it closes it once it is written. */
    public MultipartPart part() {
        if (part == null) {
            part = parts.make(frame);
        }
        return part.retain();
    }

    /** Gives the feed's own reference back. */
    void release() {
        if (part != null) {
            part.close();
            part = null;
        }
    }
}
