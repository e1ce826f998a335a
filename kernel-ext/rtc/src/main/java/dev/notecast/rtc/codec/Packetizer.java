package dev.notecast.rtc.codec;

import java.util.List;

/** Cuts encoded frames into RTP payloads. One packetizer serves one stream; one thread at a time. */
public interface Packetizer {
    /** Leaves room for headers, extensions, SRTP and a TURN relay within an MTU of 1280 bytes. */
    int DEFAULT_MAX_PAYLOAD_BYTES = 1120;

    /** @param maxPayloadBytes the longest payload, at least 100 */
    static Packetizer of(Codec codec, int maxPayloadBytes) {
        return switch (codec) {
            case VP8 -> new Vp8Packetizer(maxPayloadBytes);
            case VP9 -> new Vp9Packetizer(maxPayloadBytes);
            case H264 -> new H264Packetizer(maxPayloadBytes);
            case H265 -> new H265Packetizer(maxPayloadBytes);
            case AV1 -> new Av1Packetizer(maxPayloadBytes);
            case OPUS, G722, PCMU, PCMA -> new AudioPacketizer();
        };
    }

    /** The payloads of one frame in order. The last one of a video frame belongs into a packet with the marker bit. */
    List<byte[]> packetize(EncodedFrame frame);
}
