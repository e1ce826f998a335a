package dev.notecast.rtc.sdp;

import dev.notecast.rtc.io.ParseResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads SDP line by line: everything before the first m-line is about the session. One parser, one text. */
final class SdpParser {
    static final int MAX_MEDIA = 64;
    static final int MAX_ATTRIBUTES = 8192; // 200 payload types with their feedback, twice, are 4000
    static final int MAX_FORMATS = 256;
    static final int MAX_WORD_LENGTH = 64; // answers repeat types, protocols and formats

    private final List<MediaDescription> media = new ArrayList<>();
    private final List<Attribute> sessionAttributes = new ArrayList<>();
    private List<Attribute> attributes = sessionAttributes;
    private MediaDescription mediaLine;
    private String origin = "- 0 0 IN IP4 127.0.0.1";
    private int attributeCount;

    private SdpParser() {}

    static ParseResult<SessionDescription> parse(String sdp) {
        if (sdp.length() > SessionDescription.MAX_LENGTH) {
            return ParseResult.malformed("SDP longer than " + SessionDescription.MAX_LENGTH + " characters");
        }
        String text = sdp.strip();
        if (!text.startsWith("v=0")) {
            return ParseResult.malformed("SDP does not begin with v=0");
        }
        SdpParser parser = new SdpParser();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String problem = parser.line(line.strip());
            if (problem != null) {
                return ParseResult.malformed("SDP line " + number + ": " + problem);
            }
        }
        parser.endMedia();
        return ParseResult.ok(
                new SessionDescription(parser.origin, new Attributes(parser.sessionAttributes), parser.media));
    }

    /** Takes a line; gives what is wrong with it, or null. */
    private String line(String line) {
        if (line.isEmpty()) {
            return null;
        }
        if (line.length() < 2 || line.charAt(1) != '=') {
            return "is not of the form 'x=value'";
        }
        String value = line.substring(2);
        switch (line.charAt(0)) {
            case 'o' -> origin = value;
            case 'm' -> {
                return beginMedia(value);
            }
            case 'a' -> {
                if (++attributeCount > MAX_ATTRIBUTES) {
                    return "more than " + MAX_ATTRIBUTES + " attributes";
                }
                attributes.add(Attribute.parse(value));
            }
            default -> {} // names, times, bandwidths, addresses: nothing depends on them
        }
        return null;
    }

    private String beginMedia(String value) {
        endMedia();
        if (media.size() >= MAX_MEDIA) {
            return "more than " + MAX_MEDIA + " m-lines";
        }
        String[] words = value.strip().split(" +", MAX_FORMATS + 4);
        if (words.length < 4) {
            return "m-line is not 'type port protocol formats'";
        }
        if (words.length > MAX_FORMATS + 3) {
            return "more than " + MAX_FORMATS + " formats";
        }
        for (String word : words) {
            if (word.length() > MAX_WORD_LENGTH) {
                return "m-line has a word longer than " + MAX_WORD_LENGTH + " characters";
            }
        }
        int port = Numbers.parse(words[1], 0xFFFF);
        if (port < 0) {
            return "m-line port is not in 0..65535";
        }
        List<String> formats = Arrays.asList(words).subList(3, words.length);
        mediaLine = new MediaDescription(words[0], port, words[2], formats, Attributes.NONE);
        attributes = new ArrayList<>();
        return null;
    }

    private void endMedia() {
        if (mediaLine != null) {
            media.add(new MediaDescription(
                    mediaLine.type(),
                    mediaLine.port(),
                    mediaLine.protocol(),
                    mediaLine.formats(),
                    new Attributes(attributes)));
            mediaLine = null;
        }
    }
}
