package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.io.ParseResult;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Offers as long as are read at all cost no more than time and memory in proportion. */
class GiantOffersTest {
    private static final long MAX_BYTES = 64L << 20;
    private static final long MAX_NANOS = 2_000_000_000L; // a hundredth of it on an idle machine
    private static final List<CodecParameters> TRACKS = List.of(new CodecParameters(Codec.VP8, Map.of()));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    record Shape(String name, String offer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Shape> shapes() {
        String repeated = " 96".repeat(250);
        return List.of(
                new Shape("one format 250 times", video(repeated, filled("a=fmtp:96 ", i -> "p" + i + "=1;"))),
                new Shape("feedback for all formats", video(repeated, lines(i -> "a=rtcp-fb:* f" + i))),
                new Shape(
                        "every payload type with the same feedback",
                        video(
                                joined(128, i -> " " + i),
                                joined(128, i -> "a=rtpmap:" + i + " VP8/90000\n") + lines(i -> "a=rtcp-fb:* f" + i))),
                new Shape("candidates", video(" 96", lines(i -> "a=candidate:1 1 udp " + i + " 192.0.2.1 9 typ host"))),
                new Shape("extensions", video(" 96", lines(i -> "a=extmap:" + i + " " + ExtensionUris.MID))),
                new Shape("SSRCs", video(" 96", lines(i -> "a=ssrc:" + i + " cname:x"))),
                new Shape("pairs of SSRCs", video(" 96", lines(i -> "a=ssrc-group:FID " + i + " " + (i + 9_000)))),
                new Shape("fingerprints", video(" 96", lines(i -> "a=fingerprint:sha-1 " + i))),
                new Shape("one fingerprint", video(" 96", filled("a=fingerprint:sha-256 AB", i -> ":AB"))),
                new Shape("spaces", video(" 96", filled("a=candidate:1", i -> "          "))),
                new Shape("groups", video(" 96", "").replace("s=-", filled("s=-\na=group:BUNDLE", i -> " 0"))),
                new Shape(
                        "m-lines",
                        OfferTexts.chromiumSend()
                                + joined(
                                        62,
                                        i -> ("m=video 9 UDP/TLS/RTP/SAVPF 96\n"
                                                + "a=mid:x" + i + "\na=sendrecv\na=rtcp-mux\na=rtpmap:96 VP8/90000\n"
                                                + "a=rtcp-fb:96 nack\n".repeat(90)))),
                new Shape("redundancy", video(" 96", filled("a=fmtp:96 ", i -> "96/"))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void areAnsweredOrRefusedWithinBounds(Shape shape) {
        assertTrue(
                shape.offer().length() > 100_000,
                "it is giant: " + shape.offer().length());
        handle(shape.offer()); // once, so that class loading is not counted
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = System.nanoTime();
        handle(shape.offer());
        long took = System.nanoTime() - nanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        assertTrue(bytes < MAX_BYTES, (bytes >> 20) + " MiB");
        assertTrue(took < MAX_NANOS, took / 1_000_000 + " ms");
    }

    @Test
    void giantFragmentsToo() {
        String fragment = joined(1_000, i -> "a=candidate:1 1 udp " + i + " 192.0.2.1 9 typ host\n");
        assertTrue(SdpFragment.parse(fragment) instanceof ParseResult.Ok<SdpFragment>(var parsed)
                && parsed.candidates().size() == SdpFragment.MAX_CANDIDATES);
    }

    private static void handle(String text) {
        if (SessionDescription.parse(text) instanceof ParseResult.Ok<SessionDescription>(var offer)) {
            PublishAnswer.to(offer, OfferTexts.local());
            ReadAnswer.to(offer, TRACKS, OfferTexts.local(), new Random(1));
            ExchangeAnswer.to(offer, OfferTexts.local(), new Random(1));
        }
    }

    private static String video(String formats, String lines) {
        return OfferTexts.single(formats.strip(), "a=rtpmap:96 VP8/90000\n" + lines);
    }

    private static String lines(IntFunction<String> line) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 8_000 && all.length() < 120_000; i++) {
            all.append(line.apply(i)).append('\n');
        }
        while (all.length() < 105_000) {
            all.append("b=").append("x".repeat(1_000)).append('\n');
        }
        return all.toString();
    }

    private static String filled(String start, IntFunction<String> part) {
        StringBuilder line = new StringBuilder(start);
        for (int i = 0; line.length() < 120_000; i++) {
            line.append(part.apply(i));
        }
        return line.append('\n').toString();
    }

    private static String joined(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }
}
