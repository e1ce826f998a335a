package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes offers, for the sides that begin a session: pushing to another server, or reading from one. */
public final class Offers {
    private static final int FIRST_PAYLOAD_TYPE = 96; // RFC 3551 §6: dynamic

    private Offers() {}

    /** An offer to send tracks, an m-line for each in their order; it leaves their SSRCs open. */
    public static SessionDescription publish(List<CodecParameters> tracks, LocalTransport local) {
        return offer(tracks.stream().map(List::of).toList(), Flow.SEND, local, withRtx -> Ssrcs.NONE);
    }

    /**
     * An offer to send tracks, an m-line for each in their order.
     *
     * @param random for the SSRCs to send on
     */
    public static SessionDescription publish(
            List<CodecParameters> tracks, LocalTransport local, RandomGenerator random) {
        Set<Integer> taken = new HashSet<>();
        return offer(
                tracks.stream().map(List::of).toList(),
                Flow.SEND,
                local,
                withRtx -> Ssrcs.random(random, taken, withRtx));
    }

    /** An offer to receive an audio and a video track, each in one of the codecs given, the preferred ones first. */
    public static SessionDescription read(List<CodecParameters> codecs, LocalTransport local) {
        Map<MediaKind, List<CodecParameters>> byKind = new EnumMap<>(MediaKind.class);
        for (CodecParameters codec : codecs) {
            byKind.computeIfAbsent(codec.codec().kind(), kind -> new ArrayList<>())
                    .add(codec);
        }
        return offer(List.copyOf(byKind.values()), Flow.RECEIVE, local, withRtx -> Ssrcs.NONE);
    }

    /** @param ssrcs of one m-line, with or without one for retransmissions */
    private static SessionDescription offer(
            List<List<CodecParameters>> lines, Flow flow, LocalTransport local, Function<Boolean, Ssrcs> ssrcs) {
        Map<Integer, String> extensions = new TreeMap<>();
        for (String uri : flow.extensions().stream().sorted().toList()) {
            extensions.put(extensions.size() + 1, uri);
        }
        StringBuilder group = new StringBuilder("BUNDLE");
        List<MediaDescription> media = new ArrayList<>();
        int payloadType = FIRST_PAYLOAD_TYPE;
        int formatCount = lines.stream().mapToInt(List::size).sum();
        for (List<CodecParameters> formats : lines) {
            group.append(' ').append(media.size());
            boolean repaired = flow.feedback(formats.get(0).codec().kind()).contains("nack");
            List<Attribute> ends = new ArrayList<>(ssrcs.apply(repaired).lines());
            if (media.isEmpty()) {
                ends.addAll(SdpLines.candidates(local, SdpLines.MAX_CANDIDATES));
            }
            int rtxOffset = repaired ? formatCount : PayloadMapping.NONE;
            media.add(line(media.size(), formats, payloadType, rtxOffset, extensions, flow, local, ends));
            payloadType += formats.size();
        }
        Attributes session = new Attributes(
                List.of(new Attribute("group", group.toString()), new Attribute("extmap-allow-mixed", "")));
        return new SessionDescription(SdpLines.origin(local), session, media);
    }

    private static MediaDescription line(
            int index,
            List<CodecParameters> formats,
            int firstPayloadType,
            int rtxOffset,
            Map<Integer, String> extensions,
            Flow flow,
            LocalTransport local,
            List<Attribute> ends) {
        MediaKind kind = formats.get(0).codec().kind();
        List<Attribute> lines = new ArrayList<>();
        lines.add(new Attribute("mid", Integer.toString(index)));
        lines.addAll(SdpLines.transport(local, "actpass"));
        extensions.forEach((id, uri) -> lines.add(new Attribute("extmap", id + " " + uri)));
        lines.add(new Attribute(flow.direction().sdpName(), ""));
        if (flow == Flow.SEND) {
            lines.add(SdpLines.msid(kind, index));
        }
        lines.add(new Attribute("rtcp-mux", ""));
        lines.add(new Attribute("rtcp-mux-only", "")); // RFC 9725 §4.4.1
        lines.add(new Attribute("rtcp-rsize", ""));
        List<String> payloadTypes = new ArrayList<>();
        List<String> rtxPayloadTypes = new ArrayList<>();
        for (CodecParameters format : formats) {
            int payloadType = firstPayloadType + payloadTypes.size();
            payloadTypes.add(Integer.toString(payloadType));
            lines.add(SdpLines.rtpmap(payloadType, format.codec()));
            flow.feedback(kind).stream()
                    .sorted()
                    .forEach(feedback -> lines.add(new Attribute("rtcp-fb", payloadType + " " + feedback)));
            if (!format.fmtp().isEmpty()) {
                lines.add(new Attribute("fmtp", payloadType + " " + FormatParameters.format(format.fmtp())));
            }
            if (rtxOffset != PayloadMapping.NONE) {
                rtxPayloadTypes.add(Integer.toString(payloadType + rtxOffset));
                lines.addAll(SdpLines.rtx(payloadType + rtxOffset, payloadType, format.codec()));
            }
        }
        payloadTypes.addAll(rtxPayloadTypes);
        lines.addAll(ends);
        return new MediaDescription(kind.sdpName(), 9, "UDP/TLS/RTP/SAVPF", payloadTypes, new Attributes(lines));
    }
}
