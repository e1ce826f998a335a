package dev.notecast.rtc.nat;

import dev.notecast.rtc.nat.NatBehavior.Sighting;
import java.util.List;

/** Tells the mapping from what several servers saw of one port, where none of them knows the tests of RFC 5780. */
public final class NatMappings {
    private NatMappings() {}

    /** {@link NatMapping#UNKNOWN} unless servers of two addresses, or of two ports that were seen differently, agree. */
    public static NatMapping compare(List<Sighting> sightings) {
        boolean differentAddresses = false;
        boolean differentMappings = false;
        for (Sighting one : sightings) {
            for (Sighting two : sightings) {
                boolean sameAddress =
                        one.server().getAddress().equals(two.server().getAddress());
                boolean sameMapping = one.mapped().equals(two.mapped());
                if (sameAddress && !sameMapping) {
                    return NatMapping.ADDRESS_AND_PORT_DEPENDENT;
                }
                boolean sameFamily = one.mapped().getAddress().getClass()
                        == two.mapped().getAddress().getClass();
                differentAddresses |= !sameAddress && sameFamily;
                differentMappings |= !sameMapping && sameFamily;
            }
        }
        return differentMappings
                ? NatMapping.DESTINATION_DEPENDENT
                : differentAddresses ? NatMapping.ENDPOINT_INDEPENDENT : NatMapping.UNKNOWN;
    }
}
