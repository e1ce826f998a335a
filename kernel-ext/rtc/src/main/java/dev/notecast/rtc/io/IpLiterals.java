package dev.notecast.rtc.io;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Reads addresses written as numbers. Text from a stranger never reaches a resolver from here. */
public final class IpLiterals {
    private static final int MAX_LENGTH = 45; // eight groups whose last two are a full dotted quad

    private IpLiterals() {}

    /** Parses dotted-decimal IPv4 or IPv6 without a zone (RFC 4291 §2.2); a v4-mapped address comes back as IPv4. */
    public static Optional<InetAddress> parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes = text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    private static byte[] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            if (value < 0 || value > 255) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all != null && all.length == 16 ? all : null;
        }
        int dot = text.indexOf('.');
        if (dot >= 0 && text.lastIndexOf(':') > dot) {
            return null; // a dotted quad can only be the end
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        // "::" stands for at least one group of zeros
        if (head == null || tail == null || head.length + tail.length > 14) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    /** Groups joined by single colons, the last of which may be a dotted quad; no groups for the empty text. */
    private static byte[] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[2 * parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] quad = ipv4(parts[i]);
                if (quad == null) {
                    return null;
                }
                bytes = Arrays.copyOf(bytes, 2 * i + 4);
                System.arraycopy(quad, 0, bytes, 2 * i, 4);
                return bytes;
            }
            int value = number(parts[i], 16, 4);
            if (value < 0) {
                return null;
            }
            bytes[2 * i] = (byte) (value >> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        return bytes;
    }

    /** A number of one to {@code maxDigits} ASCII digits, or -1. */
    private static int number(String digits, int radix, int maxDigits) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
