package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the payload types of an answer's m-line: the codec, then what goes with it. */
final class FormatWriter {
    /** What a browser starts its video at instead of 300 kbps; its own congestion control goes on from there. */
    private static final int START_BITRATE_KBPS = 1200;

    private FormatWriter() {}

    /** The payload types of the m-line in our order of preference, which follows the offer's. */
    static List<String> payloadTypes(MediaSection section) {
        OfferedFormat format = section.format();
        List<String> types = new ArrayList<>();
        types.add(Integer.toString(format.payloadType()));
        if (section.hasRtx()) {
            types.add(Integer.toString(format.rtxPayloadType()));
        }
        if (section.hasRed()) {
            String red = Integer.toString(format.redPayloadType());
            List<String> offered = section.offered().formats();
            types.add(offered.indexOf(red) < offered.indexOf(types.get(0)) ? 0 : 1, red);
        }
        return types;
    }

    static List<Attribute> lines(MediaSection section) {
        OfferedFormat format = section.format();
        int payloadType = format.payloadType();
        CodecParameters agreed = FormatParameters.agreed(format.parameters());
        Codec codec = agreed.codec();
        List<Attribute> lines = new ArrayList<>();
        lines.add(SdpLines.rtpmap(payloadType, codec));
        for (String feedback : section.feedback()) {
            lines.add(new Attribute("rtcp-fb", payloadType + " " + feedback));
        }
        Map<String, String> fmtp = new HashMap<>(agreed.fmtp());
        if (section.direction() == Direction.RECVONLY
                && codec.kind() == MediaKind.VIDEO
                && section.feedback().contains("transport-cc")) {
            fmtp.put("x-google-start-bitrate", Integer.toString(START_BITRATE_KBPS));
        }
        if (section.direction().sends() && "1".equals(fmtp.get("stereo"))) {
            fmtp.put("sprop-stereo", "1"); // RFC 7587 §7.1: what we are likely to send
        }
        if (!fmtp.isEmpty()) {
            lines.add(new Attribute("fmtp", payloadType + " " + FormatParameters.format(fmtp)));
        }
        if (section.hasRtx()) {
            lines.addAll(SdpLines.rtx(format.rtxPayloadType(), payloadType, codec));
        }
        if (section.hasRed()) {
            lines.addAll(SdpLines.red(format.redPayloadType(), payloadType, codec));
        }
        return lines;
    }
}
