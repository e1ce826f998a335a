package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What any answer has to keep to, whatever was offered (RFC 9429 §5.3.1, RFC 8843 §7.3). */
final class AnswerRules {
    private AnswerRules() {}

    static void check(SessionDescription offer, String text) {
        assertTrue(text.length() < 8192, "answer has " + text.length() + " characters");
        assertTrue(text.endsWith("\r\n") && !text.replace("\r\n", "").contains("\n"), "line ends");
        SessionDescription answer = OfferTexts.parse(text);
        assertEquals(offer.media().size(), answer.media().size(), "m-lines");
        List<String> group = group(answer);
        assertTrue(group(offer).containsAll(group), "the group is one of the offer's m-lines");
        String first = group.isEmpty() ? "" : group.get(0);
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription offered = offer.media().get(i);
            MediaDescription answered = answer.media().get(i);
            assertEquals(offered.type(), answered.type());
            assertEquals(offered.protocol(), answered.protocol());
            assertEquals(offered.mid(), answered.mid());
            assertTrue(offered.formats().containsAll(answered.formats()), "payload types of " + answered.formats());
            boolean kept = answered.port() != 0;
            assertEquals(kept && !group(offer).isEmpty(), group.contains(answered.mid()));
            checkDirection(Direction.of(offered, offer.attributes()), answered);
            if (kept) {
                checkKept(
                        offer,
                        offered,
                        answered,
                        group.isEmpty() || answered.mid().equals(first));
            }
        }
    }

    private static List<String> group(SessionDescription sdp) {
        return sdp.attributes()
                .all("group")
                .filter(value -> value.startsWith("BUNDLE "))
                .flatMap(value -> List.of(value.substring(7).split(" ")).stream())
                .toList();
    }

    private static void checkDirection(Direction offered, MediaDescription answered) {
        List<Direction> said = List.of(Direction.values()).stream()
                .filter(each -> answered.attributes().has(each.sdpName()))
                .toList();
        assertEquals(1, said.size(), "one direction");
        assertTrue(!said.get(0).sends() || offered.receives());
        assertTrue(!said.get(0).receives() || offered.sends());
    }

    private static void checkKept(
            SessionDescription offer, MediaDescription offered, MediaDescription answered, boolean first) {
        Attributes attributes = answered.attributes();
        assertTrue(attributes.has("rtcp-mux"));
        assertTrue(offered.attributes().has("rtcp-rsize") || !attributes.has("rtcp-rsize"));
        assertEquals(first, attributes.has("end-of-candidates"), "candidates are said once");
        assertEquals(first, attributes.has("candidate"));
        if (first) {
            for (String name : List.of("ice-ufrag", "ice-pwd", "fingerprint", "setup")) {
                assertEquals(1, attributes.all(name).count(), name);
            }
            String offeredSetup = offered.attributes()
                    .first("setup")
                    .or(() -> offer.attributes().first("setup"))
                    .orElse("actpass");
            assertEquals(
                    offeredSetup.equals("passive") ? "active" : "passive",
                    attributes.first("setup").orElseThrow());
        }
        assertSubset("rtcp-fb", offered, answered);
        assertSubset("extmap", offered, answered);
        checkFormats(offered, answered);
        Ssrcs ssrcs = Ssrcs.of(answered);
        assertTrue(attributes.has("sendonly") || ssrcs.equals(Ssrcs.NONE), "who only receives has no SSRC to tell of");
        assertEquals(attributes.has("sendonly") ? 1 : 0, ssrcs.media().size());
        assertEquals(attributes.has("sendonly"), attributes.has("msid"));
    }

    private static void assertSubset(String name, MediaDescription offered, MediaDescription answered) {
        Set<String> theirs = offered.attributes().all(name).collect(Collectors.toSet());
        answered.attributes()
                .all(name)
                .forEach(value -> assertTrue(
                        theirs.contains(value)
                                || theirs.contains(value.replaceFirst("^[0-9]+", "*"))
                                || theirs.stream().anyMatch(each -> each.replaceFirst("/[a-z]+", "")
                                        .equals(value)),
                        "a=" + name + ":" + value + " was not offered"));
    }

    /** Each payload type means what it means in the offer, and what goes with another one goes with one in use. */
    private static void checkFormats(MediaDescription offered, MediaDescription answered) {
        Set<String> offeredMaps =
                offered.attributes().all("rtpmap").map(AnswerRules::normal).collect(Collectors.toSet());
        Set<String> mapped = new HashSet<>();
        answered.attributes().all("rtpmap").forEach(value -> {
            String payloadType = value.split(" ")[0];
            mapped.add(payloadType);
            boolean fixed = offered.attributes().all("rtpmap").noneMatch(each -> each.startsWith(payloadType + " "));
            assertTrue(fixed || offeredMaps.contains(normal(value)), "a=rtpmap:" + value + " was not offered");
        });
        assertEquals(Set.copyOf(answered.formats()), mapped);
        answered.attributes().all("fmtp").forEach(value -> {
            assertTrue(mapped.contains(value.split(" ")[0]), "a=fmtp:" + value + " belongs to nothing");
            int apt = value.indexOf("apt=");
            assertTrue(apt < 0 || mapped.contains(value.substring(apt + 4)), "a=fmtp:" + value);
            for (String parameter : value.split(" ")[1].split(";")) {
                boolean compared = parameter.matches("(profile-level-id|packetization-mode|profile-id|profile)=.*");
                boolean same = offered.attributes()
                        .all("fmtp")
                        .anyMatch(each -> each.startsWith(value.split(" ")[0] + " ") && each.contains(parameter));
                assertFalse(compared && !same, parameter + " is not the offer's");
            }
        });
    }

    private static String normal(String rtpmap) {
        String lower = rtpmap.toLowerCase(Locale.ROOT);
        return lower.endsWith("000/1") ? lower.substring(0, lower.length() - 2) : lower;
    }
}
