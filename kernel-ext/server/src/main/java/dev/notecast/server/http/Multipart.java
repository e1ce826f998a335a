package dev.notecast.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a file in a form (RFC 7578) that is in memory. */
final class Multipart {
    private static final int MAX_PARTS = 32;
    private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern NAME = Pattern.compile("[; ]name=\"?([^\";\r\n]*)");

    private Multipart() {}

    /** The first part that is a file, else the first one of such a name. */
    static Optional<byte[]> file(byte[] body, String boundary, List<String> names) {
        byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        Optional<byte[]> named = Optional.empty();
        int at = indexOf(body, Arrays.copyOfRange(delimiter, 2, delimiter.length), 0);
        for (int part = 0; part < MAX_PARTS && at >= 0; part++) {
            int headers = at + delimiter.length - (part == 0 ? 2 : 0);
            int content = indexOf(body, HEADERS_END, headers);
            int end = content < 0 ? -1 : indexOf(body, delimiter, content + 2); // an empty part's end overlaps
            if (end < 0) {
                break;
            }
            String disposition = new String(body, headers, content - headers, StandardCharsets.ISO_8859_1);
            int start = content + HEADERS_END.length;
            if (disposition.toLowerCase(Locale.ROOT).contains("filename")) {
                return Optional.of(Arrays.copyOfRange(body, Math.min(start, end), end));
            }
            Matcher name = NAME.matcher(disposition);
            if (named.isEmpty() && name.find() && names.contains(name.group(1))) {
                named = Optional.of(Arrays.copyOfRange(body, Math.min(start, end), end));
            }
            at = end;
        }
        return named;
    }

    private static int indexOf(byte[] data, byte[] wanted, int from) {
        for (int at = Math.max(0, from); at + wanted.length <= data.length; at++) {
            if (data[at] == wanted[0] && Arrays.equals(data, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
