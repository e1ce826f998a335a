package dev.notecast.rtc.sdp;

import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.io.ParseResult;
import java.util.List;

/** Offers shaped like those of the peers that people use, cut down to what matters. */
final class OfferTexts {
    static final String SHA_256 = "sha-256 " + "AB:".repeat(31) + "CD";
    static final Fingerprint OUR_FINGERPRINT = Fingerprint.of("sha-256", new byte[32]);

    private OfferTexts() {}

    static LocalTransport local() {
        return new LocalTransport(
                new IceCredentials("ours", "ourPasswordOf24Character"),
                OUR_FINGERPRINT,
                List.of(candidate("192.0.2.1"), candidate("127.0.0.1")));
    }

    static Candidate candidate(String address) {
        return ok(Candidate.parse("candidate:1 1 udp 2130706431 " + address + " 8189 typ host"));
    }

    static SessionDescription parse(String sdp) {
        return ok(SessionDescription.parse(sdp));
    }

    static <T> T ok(ParseResult<T> result) {
        return switch (result) {
            case ParseResult.Ok<T>(T value) -> value;
            case ParseResult.Malformed<T>(String reason) -> throw new AssertionError("malformed: " + reason);
        };
    }

    private static String session(String groupOfMids) {
        return """
                v=0
                o=- 4611731400430051336 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE %s
                a=extmap-allow-mixed
                a=msid-semantic: WMS
                """
                .formatted(groupOfMids);
    }

    private static String transport(int mid, String direction) {
        return """
                c=IN IP4 0.0.0.0
                a=rtcp:9 IN IP4 0.0.0.0
                a=candidate:1966762134 1 udp 2122260223 192.0.2.7 51234 typ host generation 0 network-id 1
                a=candidate:77 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active generation 0 network-id 1
                a=candidate:78 1 udp 2122194687 5c2f0c0e-1111-4222-8333-1f0d5b6a7c8d.local 51235 typ host
                a=ice-ufrag:Yf8o
                a=ice-pwd:u2fE5mBq8HqQ0r2xj1p9Zw3T
                a=ice-options:trickle
                a=fingerprint:%s
                a=setup:actpass
                a=mid:%d
                a=%s
                a=rtcp-mux
                a=rtcp-rsize
                """
                .formatted(SHA_256, mid, direction);
    }

    private static String chromiumAudio(int mid, String direction) {
        return "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\n" + transport(mid, direction)
                + """
                a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
                a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
                a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
                a=rtpmap:111 opus/48000/2
                a=rtcp-fb:111 transport-cc
                a=fmtp:111 minptime=10;useinbandfec=1
                a=rtpmap:63 red/48000/2
                a=fmtp:63 111/111
                a=rtpmap:9 G722/8000
                a=rtpmap:0 PCMU/8000
                """;
    }

    private static String videoFormat(int payloadType, String rtpmap, String fmtp) {
        String lines =
                """
                a=rtpmap:%1$d %2$s/90000
                a=rtcp-fb:%1$d goog-remb
                a=rtcp-fb:%1$d transport-cc
                a=rtcp-fb:%1$d ccm fir
                a=rtcp-fb:%1$d nack
                a=rtcp-fb:%1$d nack pli
                """
                        .formatted(payloadType, rtpmap);
        int rtx = payloadType + 1;
        return lines + (fmtp.isEmpty() ? "" : "a=fmtp:" + payloadType + " " + fmtp + "\n") + "a=rtpmap:" + rtx
                + " rtx/90000\na=fmtp:" + rtx + " apt=" + payloadType + "\n";
    }

    static String h264(String profileLevelId, int mode) {
        return "level-asymmetry-allowed=1;packetization-mode=" + mode + ";profile-level-id=" + profileLevelId;
    }

    /** A camera and microphone, VP8 preferred. */
    static String chromiumSend() {
        return session("0 1") + chromiumAudio(0, "sendonly")
                + "a=ssrc:1001 cname:x\n"
                + "m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 107 108 98 99 45 46\n"
                + transport(1, "sendonly")
                + """
                a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
                a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                a=extmap:13 urn:3gpp:video-orientation
                a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
                a=extmap:16 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:sdes:mid
                """
                + videoFormat(96, "VP8", "")
                + videoFormat(103, "H264", h264("42001f", 1))
                + videoFormat(107, "H264", h264("42001f", 0))
                + videoFormat(98, "VP9", "profile-id=0")
                + videoFormat(45, "AV1", "level-idx=5;profile=0;tier=0")
                + """
                a=ssrc-group:FID 2002 2003
                a=ssrc:2002 cname:x
                a=ssrc:2002 msid:- t
                a=ssrc:2003 cname:x
                """;
    }

    /** A viewer, with other payload types and more profiles. */
    static String chromiumReceive() {
        return session("0 1") + chromiumAudio(0, "recvonly")
                + "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 102 103 104 105 106 107 39 40\n"
                + transport(1, "recvonly")
                + """
                a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                a=extmap:13 urn:3gpp:video-orientation
                """
                + videoFormat(96, "VP8", "")
                + videoFormat(98, "VP9", "profile-id=0")
                + videoFormat(102, "H264", h264("42001f", 1))
                + videoFormat(104, "H264", h264("42e01f", 1))
                + videoFormat(106, "H264", h264("42e01f", 0))
                + videoFormat(39, "H264", h264("4d001f", 1));
    }

    /** Firefox: fingerprint for the session, transceivers both ways, its own names for mids and payload types. */
    static String firefox() {
        return """
                v=0
                o=mozilla...THIS_IS_SDPARTA-99.0 3434 0 IN IP4 0.0.0.0
                s=-
                t=0 0
                a=fingerprint:%s
                a=group:BUNDLE 0 1
                a=ice-options:trickle
                a=msid-semantic:WMS *
                m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
                c=IN IP4 0.0.0.0
                a=sendrecv
                a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
                a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
                a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
                a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
                a=ice-pwd:3c9f3f0e7a0f4d3b8c1d2e3f4a5b6c7d
                a=ice-ufrag:9b8c7d6e
                a=mid:0
                a=rtcp-mux
                a=rtpmap:109 opus/48000/2
                a=rtpmap:101 telephone-event/8000/1
                a=setup:actpass
                m=video 9 UDP/TLS/RTP/SAVPF 120 124 126 127 97 98
                c=IN IP4 0.0.0.0
                a=sendrecv
                a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                a=fmtp:126 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1
                a=fmtp:97 profile-level-id=42e01f;level-asymmetry-allowed=1
                a=fmtp:120 max-fs=12288;max-fr=60
                a=fmtp:124 apt=120
                a=ice-pwd:3c9f3f0e7a0f4d3b8c1d2e3f4a5b6c7d
                a=ice-ufrag:9b8c7d6e
                a=mid:1
                a=rtcp-fb:120 nack
                a=rtcp-fb:120 nack pli
                a=rtcp-fb:120 ccm fir
                a=rtcp-fb:120 goog-remb
                a=rtcp-fb:120 transport-cc
                a=rtcp-fb:126 nack
                a=rtcp-fb:126 nack pli
                a=rtcp-mux
                a=rtcp-rsize
                a=rtpmap:120 VP8/90000
                a=rtpmap:124 rtx/90000
                a=rtpmap:126 H264/90000
                a=rtpmap:97 H264/90000
                a=setup:actpass
                """
                .formatted(SHA_256.replace("sha", "SHA"));
    }

    /** OBS: everything about the transport is in the session part. */
    static String obs() {
        return """
                v=0
                o=rtc 3767197920 0 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE 0 1
                a=group:LS 0 1
                a=msid-semantic:WMS *
                a=setup:actpass
                a=ice-ufrag:fX2a
                a=ice-pwd:mLdT4uZ0bVn3yXk8PqRsWc
                a=ice-options:ice2,trickle
                a=fingerprint:%s
                m=audio 56789 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 192.0.2.9
                a=mid:0
                a=sendonly
                a=ssrc:1364 cname:abc
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1
                a=candidate:1 1 UDP 2122317823 192.0.2.9 56789 typ host
                a=end-of-candidates
                m=video 56789 UDP/TLS/RTP/SAVPF 96
                c=IN IP4 192.0.2.9
                a=mid:1
                a=sendonly
                a=ssrc:1365 cname:abc
                a=rtcp-mux
                a=rtpmap:96 H264/90000
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=rtcp-fb:96 goog-remb
                a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1
                """
                .formatted(SHA_256);
    }

    /** ffmpeg's WHIP: no candidates, wants us to be the DTLS client. */
    static String ffmpeg() {
        return """
                v=0
                o=FFmpeg 4489045141692799359 2 IN IP4 127.0.0.1
                s=FFmpegPublishSession
                t=0 0
                a=group:BUNDLE 0 1
                a=extmap-allow-mixed
                a=msid-semantic: WMS
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=ice-ufrag:a1b2c3d4
                a=ice-pwd:0123456789abcdef0123456789abcdef
                a=fingerprint:%1$s
                a=setup:passive
                a=mid:0
                a=sendonly
                a=msid:FFmpeg audio
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                a=ssrc:3000 cname:FFmpeg
                m=video 9 UDP/TLS/RTP/SAVPF 106
                c=IN IP4 0.0.0.0
                a=ice-ufrag:a1b2c3d4
                a=ice-pwd:0123456789abcdef0123456789abcdef
                a=fingerprint:%1$s
                a=setup:passive
                a=mid:1
                a=sendonly
                a=msid:FFmpeg video
                a=rtcp-mux
                a=rtcp-rsize
                a=rtpmap:106 H264/90000
                a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42c01f
                a=ssrc:3001 cname:FFmpeg
                """
                .formatted(SHA_256);
    }

    /** One m-line, no mid, no group, CRLF line ends. */
    static String single(String payloadTypes, String formatLines) {
        return ("""
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=ice-ufrag:abcd
                a=ice-pwd:0123456789abcdef0123456789
                a=fingerprint:%s
                m=video 9 UDP/TLS/RTP/SAVPF %s
                a=setup:actpass
                a=sendrecv
                a=rtcp-mux
                """
                                .formatted(SHA_256, payloadTypes)
                        + formatLines)
                .replace("\n", "\r\n");
    }
}
