package dev.notecast.server.doctor;

import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateType;
import java.util.List;

/** What an answer of the server that runs would offer to a browser at this moment, in words. */
final class ViewCheck {
    private static final String WHAT = "Browsers' view";

    private ViewCheck() {}

    /**
     * The line.
     *
     * @param offered the candidates of an answer, best first
     */
    static Finding line(List<Candidate> offered, Facts facts) {
        long own = count(offered.stream().filter(each -> !isLoopback(each)).toList(), CandidateType.HOST);
        long mapped = count(offered, CandidateType.SERVER_REFLEXIVE);
        long relayed = count(offered, CandidateType.RELAYED);
        String holds = "an answer offers " + counted(own, "address", "addresses") + " of this machine, "
                + (mapped == 0 ? "" : counted(mapped, "address", "addresses") + " outside its NAT, ")
                + counted(relayed, "relay", "relays");
        return switch (facts.mediaWay()) {
            case DIRECT, ANNOUNCED -> Finding.ok(WHAT, holds + "; a browser elsewhere comes straight in");
            case PUNCHED -> Finding.ok(WHAT, holds + "; most browsers elsewhere get through the NAT");
            case RELAY -> Finding.ok(WHAT, holds + "; a browser elsewhere gets through, at worst by a relay");
            case TUNNEL -> Finding.ok(WHAT, holds + "; a browser elsewhere gets through by TCP in the tunnel");
            case NONE ->
                Finding.note(
                        WHAT,
                        holds + "; " + local(offered),
                        "browsers elsewhere find no way for WebRTC and are sent JPEG pictures",
                        "");
        };
    }

    private static String local(List<Candidate> offered) {
        return offered.stream()
                .filter(each -> each.type() == CandidateType.HOST && !isLoopback(each))
                .findFirst()
                .map(each -> "only the network of " + each.address() + " gets through")
                .orElse("only this machine gets through");
    }

    private static long count(List<Candidate> offered, CandidateType type) {
        return offered.stream()
                .filter(each -> each.type() == type)
                .map(Candidate::address)
                .distinct()
                .count();
    }

    private static boolean isLoopback(Candidate candidate) {
        return candidate
                .socketAddress()
                .filter(address -> address.getAddress().isLoopbackAddress())
                .isPresent();
    }

    private static String counted(long count, String one, String more) {
        return count == 0 ? "no " + one : count + " " + (count == 1 ? one : more);
    }
}
