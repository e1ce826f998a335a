package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** What every use of FFmpeg here has in common. */
final class Ffmpeg {
    private Ffmpeg() {}

    /** FFmpeg's own words for a negative return code. */
    static String error(int code) {
        byte[] text = new byte[128];
        av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Opens a codec with its private options.
     *
     * @param what for the message, for example {@code VP8 decoder}
     * @throws CodecException when it does not open
     */
    static void open(AVCodecContext context, AVCodec codec, Map<String, String> options, String what) {
        AVDictionary dictionary = new AVDictionary(null);
        try {
            options.forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
            check(avcodec_open2(context, codec, dictionary), what + " cannot be opened");
        } finally {
            av_dict_free(dictionary);
        }
    }

    /** @throws CodecException when {@code code} is an error */
    static void check(int code, String problem) {
        if (code < 0) {
            throw new CodecException(problem + ": " + error(code));
        }
    }

    /** @throws CodecException when this FFmpeg was built without the codec, or memory has run out */
    static <T> T present(T pointer, String what) {
        if (pointer == null) {
            throw new CodecException("this FFmpeg has no " + what);
        }
        return pointer;
    }
}
