package dev.notecast.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an answer: the m-lines of the offer in their places (RFC 9429 §5.3.1). */
final class AnswerWriter {
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
            media.add(kept(section, media.size(), local, setup, !transportWritten));
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
            MediaSection section, int place, LocalTransport local, String setup, boolean withCandidates) {
        MediaDescription offered = section.offered();
        List<Attribute> lines = new ArrayList<>();
        addMid(lines, offered);
        lines.addAll(SdpLines.transport(local, setup));
        section.extensions().forEach((id, uri) -> lines.add(new Attribute("extmap", id + " " + uri)));
        if (offered.attributes().has("extmap-allow-mixed")) {
            lines.add(new Attribute("extmap-allow-mixed", ""));
        }
        lines.add(new Attribute(section.direction().sdpName(), ""));
        if (section.direction().sends()) {
            lines.add(SdpLines.msid(section.format().codec().kind(), place));
        }
        lines.add(new Attribute("rtcp-mux", ""));
        if (offered.attributes().has("rtcp-rsize")) {
            lines.add(new Attribute("rtcp-rsize", ""));
        }
        lines.addAll(FormatWriter.lines(section));
        if (section.direction().sends()) {
            lines.addAll(section.ssrcs().lines());
        }
        if (withCandidates) {
            lines.addAll(SdpLines.candidates(local));
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
