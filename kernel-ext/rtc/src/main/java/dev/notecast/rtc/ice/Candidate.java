package dev.notecast.rtc.ice;

import dev.notecast.rtc.io.IpLiterals;
import dev.notecast.rtc.io.ParseResult;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One line {@code a=candidate} (RFC 8839 §5.1). A peer's related addresses and extensions are not kept: nothing depends on
 * them.
 *
 * @param foundation 1 to 32 ice-chars
 * @param component 1..256; only 1 is ever used with rtcp-mux
 * @param priority 0..2^32-1
 * @param address an IP literal, or a name such as {@code 5c2f...local} that is never resolved
 * @param port 0..65535
 * @param related what the address was learned from, for who looks for the reason of a failure; null when it is hidden
 */
public record Candidate(
        String foundation,
        int component,
        CandidateTransport transport,
        long priority,
        String address,
        int port,
        CandidateType type,
        InetSocketAddress related) {
    public static final int RTP_COMPONENT = 1;

    private static final int TCP_PENALTY = 36; // so host is 90 and peer-reflexive 74, below every UDP of its kind
    private static final int TCP_DIRECTION_PREFERENCE = 4; // passive, between active and simultaneous open
    private static final int MAX_LINE_LENGTH = 1024;
    private static final int MAX_ADDRESS_LENGTH = 253; // of a DNS name
    private static final int MAX_EXTENSIONS = 32;

    /** @throws IllegalArgumentException when a value is out of range; use {@link #parse} for a peer's */
    public Candidate {
        String problem = problem(foundation, component, priority, address, port);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** One whose related address is hidden, or that has none. */
    public Candidate(
            String foundation,
            int component,
            CandidateTransport transport,
            long priority,
            String address,
            int port,
            CandidateType type) {
        this(foundation, component, transport, priority, address, port, type, null);
    }

    /**
     * A host candidate of the RTP component.
     *
     * @param localPreference 0..65535, higher is better; different for every candidate of a session (RFC 8445 §5.1.2.1)
     */
    public static Candidate host(InetSocketAddress address, CandidateTransport transport, int localPreference) {
        return of(CandidateType.HOST, transport, address, localPreference, address, null);
    }

    /**
     * A server-reflexive candidate: a host candidate as a STUN server sees it.
     *
     * @param base the host candidate's address
     */
    public static Candidate serverReflexive(InetSocketAddress mapped, InetSocketAddress base, int localPreference) {
        return of(CandidateType.SERVER_REFLEXIVE, CandidateTransport.UDP, mapped, localPreference, base, base);
    }

    /**
     * A relayed candidate.
     *
     * @param mapped our address as the TURN server sees it; null to hide it
     * @param localPreference as given to {@link IceAgent#addBase} for the relay
     */
    public static Candidate relayed(InetSocketAddress relayed, InetSocketAddress mapped, int localPreference) {
        return of(CandidateType.RELAYED, CandidateTransport.UDP, relayed, localPreference, relayed, mapped);
    }

    private static Candidate of(
            CandidateType type,
            CandidateTransport transport,
            InetSocketAddress address,
            int localPreference,
            InetSocketAddress base,
            InetSocketAddress related) {
        return new Candidate(
                foundation(type, literal(base), transport),
                RTP_COMPONENT,
                transport,
                priority(transport, type, localPreference),
                literal(address),
                address.getPort(),
                type,
                related);
    }

    /** Without a zone, which has a meaning on this machine only. */
    private static String literal(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    /** Of the RTP component: RFC 8445 §5.1.2.1, for TCP with RFC 6544 §4.2. */
    static long priority(CandidateTransport transport, CandidateType type, int localPreference) {
        boolean udp = transport == CandidateTransport.UDP;
        int typePreference = udp ? type.preference() : Math.max(0, type.preference() - TCP_PENALTY);
        int preference =
                udp ? localPreference : TCP_DIRECTION_PREFERENCE << 13 | localPreference >> 3; // 13 bits are left
        return ((long) typePreference << 24) + ((long) preference << 8) + (256 - RTP_COMPONENT);
    }

    /** Parses the attribute's value, with or without {@code candidate:} or {@code a=candidate:} before it. */
    public static ParseResult<Candidate> parse(String line) {
        if (line.length() > MAX_LINE_LENGTH) {
            return ParseResult.malformed("candidate longer than " + MAX_LINE_LENGTH + " characters");
        }
        String text = line.strip();
        text = text.startsWith("a=") ? text.substring(2) : text;
        text = text.startsWith("candidate:") ? text.substring("candidate:".length()) : text;
        String[] words = text.split(" +", 8 + 2 * MAX_EXTENSIONS);
        if (words.length < 8 || !words[6].equalsIgnoreCase("typ")) {
            return ParseResult.malformed("candidate is not 'foundation component transport priority address port typ'");
        }
        long component = number(words[1], 3);
        long priority = number(words[3], 10);
        long port = number(words[5], 5);
        String problem = problem(words[0], component, priority, words[4], port);
        if (problem != null) {
            return ParseResult.malformed(problem);
        }
        Optional<CandidateTransport> transport = CandidateTransport.named(words[2], extension(words, "tcptype"));
        if (transport.isEmpty()) {
            return ParseResult.malformed("candidate transport is neither udp nor tcp with a tcptype");
        }
        Optional<CandidateType> type = CandidateType.named(words[7]);
        if (type.isEmpty()) {
            return ParseResult.malformed("candidate type is not host, srflx, prflx or relay");
        }
        return ParseResult.ok(
                new Candidate(words[0], (int) component, transport.get(), priority, words[4], (int) port, type.get()));
    }

    /** The address when it is an IP literal; never asks a resolver. */
    public Optional<InetSocketAddress> socketAddress() {
        return IpLiterals.parse(address).map(ip -> new InetSocketAddress(ip, port));
    }

    /** The attribute's value, {@code candidate:...}. A related address that is not known is hidden (RFC 8839 §5.1). */
    @Override
    public String toString() {
        String line = "candidate:" + foundation + " " + component + " " + transport.sdpName() + " " + priority + " "
                + address + " " + port + " typ " + type.sdpName();
        if (related != null) {
            line += " raddr " + literal(related) + " rport " + related.getPort();
        } else if (type != CandidateType.HOST) {
            line += " raddr " + (address.indexOf(':') < 0 ? "0.0.0.0" : "::") + " rport 9";
        }
        return transport == CandidateTransport.UDP ? line : line + " tcptype " + transport.tcpType();
    }

    // RFC 8445 §5.1.1.3: equal for candidates of one type, base address and transport
    private static String foundation(CandidateType type, String base, CandidateTransport transport) {
        CRC32 crc = new CRC32();
        crc.update((type.sdpName() + base + transport.sdpName()).getBytes(StandardCharsets.US_ASCII));
        return Long.toString(crc.getValue());
    }

    private static String problem(String foundation, long component, long priority, String address, long port) {
        if (!IceCredentials.isIceText(foundation, 1, 32)) {
            return "candidate foundation is not 1 to 32 letters, digits, '+' or '/'";
        }
        if (component < 1 || component > 256) {
            return "candidate component is not in 1..256";
        }
        if (priority < 0 || priority > 0xFFFF_FFFFL) {
            return "candidate priority is not a number of 32 bits";
        }
        if (address.isEmpty()
                || address.length() > MAX_ADDRESS_LENGTH
                || !address.chars().allMatch(Candidate::isAddressCharacter)) {
            return "candidate address is neither an IP address nor a name";
        }
        return port < 0 || port > 65_535 ? "candidate port is not in 0..65535" : null;
    }

    private static boolean isAddressCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-._:%".indexOf(c) >= 0);
    }

    private static String extension(String[] words, String name) {
        for (int i = 8; i + 1 < words.length; i += 2) {
            if (words[i].equalsIgnoreCase(name)) {
                return words[i + 1];
            }
        }
        return "";
    }

    private static long number(String digits, int maxDigits) {
        boolean valid = !digits.isEmpty()
                && digits.length() <= maxDigits
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? Long.parseLong(digits) : -1;
    }
}
