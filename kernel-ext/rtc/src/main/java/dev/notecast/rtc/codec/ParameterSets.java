package dev.notecast.rtc.codec;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The parameter sets of an H.264 or H.265 track (SPS, PPS, and VPS), without which nobody can decode it. Some senders say
 * them once, at the start, in packets or in SDP; so they are remembered for those who come later. Immutable: what a packet
 * adds makes a new object. For other codecs there are none.
 */
public final class ParameterSets {
    static final int MAX_OF_A_TYPE = 4;

    /** Of one format parameter; two sets of the longest that are remembered. */
    public static final int MAX_SPROP_CHARACTERS = 4096;

    private static final int MIN_BYTES = 3;

    private final Codec codec;
    private final List<ParameterSet> sets; // by type, then the newest last

    private ParameterSets(Codec codec, List<ParameterSet> sets) {
        this.codec = codec;
        this.sets = sets;
    }

    /** What a track's {@code a=fmtp} says: RFC 6184 §8.1, RFC 7798 §7.1. What cannot be read is left out. */
    public static ParameterSets of(CodecParameters parameters) {
        ParameterSets found = new ParameterSets(parameters.codec(), List.of());
        for (String name : spropNames(parameters.codec())) {
            String value = parameters.fmtp().getOrDefault(name, "");
            if (value.length() <= MAX_SPROP_CHARACTERS) {
                for (String set : value.split(",")) {
                    found = found.decoded(set);
                }
            }
        }
        return found;
    }

    /** The format parameters that parameter sets are in. */
    public static List<String> spropNames(Codec codec) {
        return switch (codec) {
            case H264 -> List.of("sprop-parameter-sets");
            case H265 -> List.of("sprop-vps", "sprop-sps", "sprop-pps");
            case VP8, VP9, AV1, OPUS, G722, PCMU, PCMA -> List.of();
        };
    }

    private ParameterSets decoded(String base64) {
        try {
            byte[] unit = Base64.getDecoder().decode(base64.strip());
            return unit.length > 0 ? with(unit, 0, unit.length) : this;
        } catch (IllegalArgumentException e) {
            return this;
        }
    }

    /** With what a packet has of them: the same object when that is nothing, or nothing new. */
    public ParameterSets with(RtpPacket packet) {
        byte[] data = packet.data();
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        if (length < MIN_BYTES || !isWatched()) {
            return this;
        }
        int type = type(data[offset]);
        if (type != aggregationType()) {
            return isParameterSet(type) ? with(data, offset, length) : this;
        }
        ParameterSets all = this;
        int position = offset + headerLength();
        for (int size = 1; size != 0; position += size) {
            size = AggregatedUnits.sizeAt(data, position, offset + length);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size != 0 && isParameterSet(type(data[position]))) {
                all = all.with(data, position, size);
            }
        }
        return all;
    }

    private ParameterSets with(byte[] data, int offset, int length) {
        int type = type(data[offset]);
        if (!isParameterSet(type)
                || length < MIN_BYTES
                || length > ParameterSet.MAX_BYTES
                || codec == Codec.H265 && H265Nal.layer(data, offset) != 0) {
            return this;
        }
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).is(type, data, offset, length)) {
                return this;
            }
        }
        int id = codec == Codec.H264
                ? ParameterSet.h264Id(type, data, offset, length)
                : ParameterSet.h265Id(type, data, offset, length);
        if (id < 0) {
            return this;
        }
        byte[] copy = new byte[length];
        System.arraycopy(data, offset, copy, 0, length);
        return with(new ParameterSet(type, id, copy));
    }

    private ParameterSets with(ParameterSet added) {
        List<ParameterSet> all = new ArrayList<>(sets);
        all.removeIf(set -> set.isReplacedBy(added));
        List<ParameterSet> ofType =
                all.stream().filter(set -> set.type() == added.type()).toList();
        if (ofType.size() == MAX_OF_A_TYPE) {
            all.remove(ofType.getFirst());
        }
        all.add(added);
        all.sort(Comparator.comparingInt(ParameterSet::type)); // VPS, SPS, PPS in both codecs; keeps the order within
        return new ParameterSets(codec, List.copyOf(all));
    }

    /** Whether a decoder can begin with them: there is one of each type. */
    public boolean isComplete() {
        return isWatched() && has(H264Nal.SPS, H265Nal.SPS) && has(H264Nal.PPS, H265Nal.PPS) && has(firstType());
    }

    /** What the newest SPS says; empty when there is none. */
    public Optional<PictureSize> pictureSize() {
        int sps = codec == Codec.H264 ? H264Nal.SPS : H265Nal.SPS;
        return sets.stream()
                .filter(set -> set.type() == sps)
                .reduce((older, newer) -> newer)
                .flatMap(set -> codec == Codec.H264 ? SpsSize.h264(set.data()) : SpsSize.h265(set.data()));
    }

    private boolean has(int h264, int h265) {
        return has(codec == Codec.H264 ? h264 : h265);
    }

    private boolean has(int type) {
        return sets.stream().anyMatch(set -> set.type() == type);
    }

    /**
     * Whether a decoder that begins with this packet needs the sets before it: they are there, and the packet does not
     * have the one that comes first itself.
     *
     * @param packet that begins a keyframe, see {@link Keyframes}
     */
    public boolean areNeededBefore(RtpPacket packet) {
        return isComplete() && !carriesFirst(packet);
    }

    private boolean carriesFirst(RtpPacket packet) {
        byte[] data = packet.data();
        int offset = packet.payloadOffset();
        int end = offset + packet.payloadLength();
        if (offset >= end || type(data[offset]) != aggregationType()) {
            return offset < end && type(data[offset]) == firstType();
        }
        int position = offset + headerLength();
        for (int size = 1; size != 0; position += size) {
            size = AggregatedUnits.sizeAt(data, position, end);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size != 0 && type(data[position]) == firstType()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The payloads of packets with all sets: one that aggregates them (STAP-A, AP), or one for each set.
     *
     * @param aggregate whether the receiver takes the former
     * @param maxBytes the longest that is aggregated
     */
    public List<byte[]> payloads(boolean aggregate, int maxBytes) {
        List<byte[]> units = sets.stream().map(ParameterSet::data).toList();
        byte[] header = aggregationHeader(units);
        int length = header.length;
        for (byte[] unit : units) {
            length += AggregatedUnits.SIZE_LENGTH + unit.length;
        }
        return aggregate && length <= maxBytes && units.size() > 1
                ? List.of(AggregatedUnits.write(header, units))
                : units;
    }

    private byte[] aggregationHeader(List<byte[]> units) {
        if (codec == Codec.H265) {
            return new byte[] {H265Nal.AGGREGATION << 1, 1}; // layer 0, temporal id 0, as parameter sets have
        }
        int importance = 0; // RFC 6184 §5.7: the highest of the units'
        for (byte[] unit : units) {
            importance = Math.max(importance, unit[0] & 0x60);
        }
        return new byte[] {(byte) (importance | H264Nal.STAP_A)};
    }

    /** The frame with all sets before it, for a decoder; those that the frame has itself come after and prevail. */
    public EncodedFrame before(EncodedFrame frame) {
        if (!isComplete()) {
            return frame;
        }
        int length = frame.data().length;
        for (ParameterSet set : sets) {
            length += AnnexB.START_CODE.length + set.data().length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (ParameterSet set : sets) {
            System.arraycopy(AnnexB.START_CODE, 0, whole, at, AnnexB.START_CODE.length);
            at += AnnexB.START_CODE.length;
            System.arraycopy(set.data(), 0, whole, at, set.data().length);
            at += set.data().length;
        }
        System.arraycopy(frame.data(), 0, whole, at, frame.data().length);
        return new EncodedFrame(whole, frame.timestamp(), frame.keyframe());
    }

    private boolean isWatched() {
        return codec == Codec.H264 || codec == Codec.H265;
    }

    private int type(byte header) {
        return codec == Codec.H264 ? H264Nal.type(header) : H265Nal.type(header);
    }

    private int headerLength() {
        return codec == Codec.H264 ? 1 : H265Nal.HEADER_LENGTH;
    }

    private int aggregationType() {
        return codec == Codec.H264 ? H264Nal.STAP_A : H265Nal.AGGREGATION;
    }

    private int firstType() {
        return codec == Codec.H264 ? H264Nal.SPS : H265Nal.VPS;
    }

    private boolean isParameterSet(int type) {
        return codec == Codec.H264 ? type == H264Nal.SPS || type == H264Nal.PPS : H265Nal.isParameterSet(type);
    }
}
