package dev.notecast.vision.frame;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Several pictures small on one. */
final class ContactSheet {
    private static final int MAX_PICTURES = 20;
    private static final int COLUMNS = 5;
    private static final int WIDTH = 160; // of one
    private static final int GAP = 4;

    private ContactSheet() {}

    static Frame of(List<Frame> frames) {
        int count = Math.max(1, Math.min(MAX_PICTURES, frames.size()));
        int columns = Math.min(COLUMNS, count);
        int rows = (count + columns - 1) / columns;
        int height = frames.isEmpty() ? WIDTH * 3 / 4 : heightOf(frames.getFirst());
        BufferedImage sheet = new BufferedImage(
                columns * (WIDTH + GAP) - GAP, rows * (height + GAP) - GAP, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            for (int i = 0; i < Math.min(count, frames.size()); i++) {
                Frame frame = frames.get(count == 1 ? 0 : (int) ((long) i * (frames.size() - 1) / (count - 1)));
                int thumb = Math.min(height, heightOf(frame));
                int x = i % columns * (WIDTH + GAP);
                int y = i / columns * (height + GAP) + (height - thumb) / 2;
                graphics.drawImage(frame.scaled(WIDTH).toBufferedImage(), x, y, WIDTH, thumb, null);
            }
        } finally {
            graphics.dispose();
        }
        return Frame.of(sheet);
    }

    private static int heightOf(Frame frame) {
        return Math.clamp(Math.round((float) frame.height() * WIDTH / frame.width()), 2, 4 * WIDTH);
    }
}
