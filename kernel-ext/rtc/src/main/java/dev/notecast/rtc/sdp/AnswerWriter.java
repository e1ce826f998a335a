package dev.notecast.rtc.sdp;

import java.util.ArrayList;
import java.util.List;

/** Writes an answer: the m-lines of the offer in their places (RFC 9429 §5.3.1). */
final class AnswerWriter {
    // m-lines of a bundle; with more of them the answer would grow beyond 8 KiB
    private static final int FEW = 4;
    private static final int MAX_CANDIDATES_OF_MANY = 8;
    // that say the transport, which only the first has to: Firefox 153 crashes where an unused one does not
    private static final int MAX_REPEATED = 8;

    private AnswerWriter() {}

    /** @param group mids of the bundle, the first one's m-line being about the transport; empty when there is none */
    static String write(
            SessionDescription offer,
            List<MediaSection> sections,
            List<String> group,
            LocalTransport local,
            String setup) {
        List<Attribute> session = new ArrayList<>();
        if (!group.isEmpty()) {
            session.add(new Attribute("group", "BUNDLE " + String.join(" ", group)));
        }
        if (offer.attributes().has("extmap-allow-mixed")) {
            session.add(new Attribute("extmap-allow-mixed", ""));
        }
        List<MediaDescription> media = new ArrayList<>();
        for (MediaSection section : sections) {
            if (section.isRejected()) {
                media.add(rejected(section.offered()));
                continue;
            }
            boolean speaksForAll =
                    group.isEmpty() || group.get(0).equals(section.offered().mid());
            List<Attribute> transport = new ArrayList<>();
            if (speaksForAll || group.size() <= MAX_REPEATED) {
                transport.addAll(SdpLines.transport(local, setup));
            }
            if (speaksForAll) {
                transport.addAll(SdpLines.candidates(
                        local, group.size() <= FEW ? SdpLines.MAX_CANDIDATES : MAX_CANDIDATES_OF_MANY));
            }
            media.add(kept(section, media.size(), transport));
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

    private static MediaDescription kept(MediaSection section, int place, List<Attribute> transport) {
        MediaDescription offered = section.offered();
        List<Attribute> lines = new ArrayList<>();
        addMid(lines, offered);
        lines.addAll(transport);
        section.extensions().forEach((id, uri) -> lines.add(new Attribute("extmap", id + " " + uri)));
        if (offered.attributes().has("extmap-allow-mixed")) {
            lines.add(new Attribute("extmap-allow-mixed", ""));
        }
        lines.add(new Attribute(section.direction().sdpName(), ""));
        if (section.direction().sends()) {
            lines.add(SdpLines.msid(section.format().codec().kind(), place));
        }
        lines.add(new Attribute("rtcp-mux", ""));
        if (offered.attributes().has("rtcp-mux-only")) {
            lines.add(new Attribute("rtcp-mux-only", "")); // RFC 9725 §4.4.1
        }
        if (offered.attributes().has("rtcp-rsize")) {
            lines.add(new Attribute("rtcp-rsize", ""));
        }
        lines.addAll(FormatWriter.lines(section));
        if (section.direction().sends()) {
            lines.addAll(section.ssrcs().lines());
        }
        List<String> payloadTypes = FormatWriter.payloadTypes(section);
        return new MediaDescription(offered.type(), 9, offered.protocol(), payloadTypes, new Attributes(lines));
    }

    private static void addMid(List<Attribute> lines, MediaDescription offered) {
        if (!offered.mid().isEmpty()) {
            lines.add(new Attribute("mid", offered.mid()));
        }
    }
}
