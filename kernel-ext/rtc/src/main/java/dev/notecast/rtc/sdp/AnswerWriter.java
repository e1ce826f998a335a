package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes an answer: the m-lines of the offer in their places (RFC 9429 §5.3.1). */
final class AnswerWriter {
    /** What a browser starts its video at instead of 300 kbps; its own congestion control goes on from there. */
    private static final int START_BITRATE_KBPS = 1200;

    private AnswerWriter() {}

    static String write(
            SessionDescription offer,
            List<MediaSection> sections,
            boolean grouped,
            LocalTransport local,
            String setup) {
        List<Attribute> session = new ArrayList<>();
        if (grouped) {
            session.add(new Attribute(
                    "group",
                    sections.stream()
                            .filter(section -> !section.isRejected())
                            .map(section -> section.offered().mid())
                            .collect(Collectors.joining(" ", "BUNDLE ", ""))));
        }
        if (offer.attributes().has("extmap-allow-mixed")) {
            session.add(new Attribute("extmap-allow-mixed", ""));
        }
        List<MediaDescription> media = new ArrayList<>();
        boolean transportWritten = false;
        for (MediaSection section : sections) {
            if (section.isRejected()) {
                media.add(rejected(section.offered()));
                continue;
            }
            media.add(kept(section, local, setup, !transportWritten));
            transportWritten = true;
        }
        return new SessionDescription(SdpLines.origin(local), new Attributes(session), media).toString();
    }

    private static MediaDescription rejected(MediaDescription offered) {
        List<Attribute> lines = new ArrayList<>();
        addMid(lines, offered);
        lines.add(new Attribute(Direction.INACTIVE.sdpName(), ""));
        // one format is enough: a rejected m-line only keeps its place
        return new MediaDescription(
                offered.type(), 0, offered.protocol(), offered.formats().subList(0, 1), new Attributes(lines));
    }

    private static MediaDescription kept(
            MediaSection section, LocalTransport local, String setup, boolean withCandidates) {
        MediaDescription offered = section.offered();
        List<Attribute> lines = new ArrayList<>();
        addMid(lines, offered);
        lines.addAll(SdpLines.transport(local, setup));
        section.extensions().forEach((id, uri) -> lines.add(new Attribute("extmap", id + " " + uri)));
        if (offered.attributes().has("extmap-allow-mixed")) {
            lines.add(new Attribute("extmap-allow-mixed", ""));
        }
        lines.add(new Attribute(section.direction().sdpName(), ""));
        if (section.direction() == Direction.SENDONLY) {
            lines.add(SdpLines.msid(section.format().codec().kind()));
        }
        lines.add(new Attribute("rtcp-mux", ""));
        if (offered.attributes().has("rtcp-rsize")) {
            lines.add(new Attribute("rtcp-rsize", ""));
        }
        addFormat(lines, section);
        if (withCandidates) {
            lines.addAll(SdpLines.candidates(local));
        }
        String payloadType = Integer.toString(section.format().payloadType());
        return new MediaDescription(offered.type(), 9, offered.protocol(), List.of(payloadType), new Attributes(lines));
    }

    private static void addMid(List<Attribute> lines, MediaDescription offered) {
        if (!offered.mid().isEmpty()) {
            lines.add(new Attribute("mid", offered.mid()));
        }
    }

    private static void addFormat(List<Attribute> lines, MediaSection section) {
        int payloadType = section.format().payloadType();
        CodecParameters agreed = FormatParameters.agreed(section.format().parameters());
        lines.add(SdpLines.rtpmap(payloadType, agreed.codec()));
        for (String feedback : section.feedback()) {
            lines.add(new Attribute("rtcp-fb", payloadType + " " + feedback));
        }
        Map<String, String> fmtp = new HashMap<>(agreed.fmtp());
        if (agreed.codec().kind() == MediaKind.VIDEO && section.feedback().contains("transport-cc")) {
            fmtp.put("x-google-start-bitrate", Integer.toString(START_BITRATE_KBPS));
        }
        if (!fmtp.isEmpty()) {
            lines.add(new Attribute("fmtp", payloadType + " " + FormatParameters.format(fmtp)));
        }
    }
}
