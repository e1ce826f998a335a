package dev.notecast.vision.cell;

import dev.notecast.vision.frame.Frame;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;

/** The copy of a picture that a cell draws on; its memory is used again for the next one. One thread at a time. */
final class Canvas implements Picture {
    private static final int LINES = 20; // of text, in a picture's height

    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);

    /** Becomes a copy of the picture. Drawing starts in white, with smooth edges and letters of a fitting size. */
    Graphics2D start(Frame frame) {
        if (image.getWidth() != frame.width() || image.getHeight() != frame.height()) {
            image = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_3BYTE_BGR);
        }
        frame.copyTo(ByteBuffer.wrap(bytes()));
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(10, frame.height() / LINES)));
        return g;
    }

    private byte[] bytes() {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public void copyTo(ByteBuffer to) {
        to.put(bytes());
    }
}
