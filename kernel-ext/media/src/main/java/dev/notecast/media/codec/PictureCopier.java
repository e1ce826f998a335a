package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_image_copy;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Copies decoded pictures out of FFmpeg's memory into I420. An odd last row or column is left out; other pixel formats
 * (full range, 4:4:4, 10 bits) are converted.
 */
final class PictureCopier implements AutoCloseable {
    private final FramePool pool;
    private SwsContext converter;

    PictureCopier(FramePool pool) {
        this.pool = pool;
    }

    DecodeResult copy(AVFrame picture, long number, FrameTimes times) {
        int width = picture.width() & ~1;
        int height = picture.height() & ~1;
        if (width < 2 || height < 2 || picture.format() == AV_PIX_FMT_NONE) {
            return new DecodeResult.Damaged("picture of " + picture.width() + "x" + picture.height());
        }
        VideoFrame frame = pool.acquire(PixelFormat.I420, width, height, number, times);
        try (Planes planes = new Planes(frame)) {
            if (picture.format() == AV_PIX_FMT_YUV420P) {
                av_image_copy(
                        planes.data(),
                        planes.strides(),
                        picture.data(),
                        picture.linesize(),
                        AV_PIX_FMT_YUV420P,
                        width,
                        height);
            } else if (!convert(picture, planes, width, height)) {
                frame.close();
                return new DecodeResult.Damaged("pixel format " + picture.format() + " cannot be converted");
            }
        }
        return new DecodeResult.Picture(frame);
    }

    private boolean convert(AVFrame picture, Planes planes, int width, int height) {
        converter = sws_getCachedContext(
                converter,
                picture.width(),
                picture.height(),
                picture.format(),
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_BILINEAR,
                null,
                null,
                (double[]) null);
        return converter != null
                && sws_scale(
                                converter,
                                picture.data(),
                                picture.linesize(),
                                0,
                                picture.height(),
                                planes.data(),
                                planes.strides())
                        == height;
    }

    @Override
    public void close() {
        if (converter != null) {
            sws_freeContext(converter);
            converter = null;
        }
    }
}
