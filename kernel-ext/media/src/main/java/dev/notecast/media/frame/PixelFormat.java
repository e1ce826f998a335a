package dev.notecast.media.frame;

/** How pixels lie in memory: no padding between rows or planes. */
public enum PixelFormat {
    /** A plane of luma, then U and V at half width and half height; BT.601, limited range. Width and height are even. */
    I420 {
        @Override
        public int size(int width, int height) {
            return width * height * 3 / 2;
        }
    },
    /** Three bytes a pixel, blue first, as OpenCV has it. */
    BGR {
        @Override
        public int size(int width, int height) {
            return width * height * 3;
        }
    };

    /** The bytes of a picture. */
    public abstract int size(int width, int height);
}
