package dev.notecast.server.doctor;

import dev.notecast.rtc.nat.NatBehavior;
import dev.notecast.rtc.nat.NatFiltering;

/** What a NAT does, in words. */
final class NatWords {
    private static final String WHAT = "NAT";
    private static final String NEEDS_RELAY =
            "what a STUN server sees is of no use to browsers, so media needs a TURN server";

    private NatWords() {}

    /** @param nat somebody has answered */
    static Finding line(NatBehavior nat) {
        String outside = nat.mapped().orElseThrow().getAddress().getHostAddress();
        return switch (nat.mapping()) {
            case NO_NAT ->
                Finding.ok(
                        WHAT,
                        "none: the outside sees this machine's own address " + outside + firewall(nat.filtering()));
            case ENDPOINT_INDEPENDENT ->
                Finding.ok(
                        WHAT, kind(nat.filtering()) + ", " + outside + " outside: media gets through to most browsers");
            case ADDRESS_DEPENDENT ->
                Finding.note(WHAT, "symmetric: another port of " + outside + " for every address", NEEDS_RELAY, "");
            case ADDRESS_AND_PORT_DEPENDENT ->
                Finding.note(
                        WHAT, "symmetric: another port of " + outside + " for every address and port", NEEDS_RELAY, "");
            case DESTINATION_DEPENDENT ->
                Finding.note(WHAT, "symmetric: each server sees another port of " + outside, NEEDS_RELAY, "");
            case UNKNOWN ->
                Finding.note(
                        WHAT,
                        "there is one, " + outside + " outside, of a kind that one server cannot tell",
                        "",
                        "ask two with --ask");
        };
    }

    private static String kind(NatFiltering filtering) {
        return switch (filtering) {
            case ENDPOINT_INDEPENDENT -> "full cone";
            case ADDRESS_DEPENDENT -> "restricted cone";
            case ADDRESS_AND_PORT_DEPENDENT -> "port-restricted cone";
            case UNKNOWN -> "not symmetric";
        };
    }

    private static String firewall(NatFiltering filtering) {
        return switch (filtering) {
            case ENDPOINT_INDEPENDENT -> ", and everybody's datagrams come in";
            case ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT -> ", and a firewall lets in whom we have sent to";
            case UNKNOWN -> "";
        };
    }
}
