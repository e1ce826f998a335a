package dev.notecast.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a peer may have written about the bundled transport: in the m-line that speaks for the group, or for the whole
 * session. The other m-lines need not repeat it (RFC 9429 §5.2.1, RFC 8843 §7.1.3).
 *
 * @param places in the order in which they count
 */
record TransportLines(Attributes session, List<Attributes> places) {
    /** @param isKept tells of an m-line of the group that it is not rejected */
    static TransportLines of(SessionDescription sdp, Bundle bundle, Predicate<MediaDescription> isKept) {
        List<Attributes> places = new ArrayList<>();
        bundle.kept(isKept).stream().findFirst().ifPresent(first -> places.add(first.attributes()));
        // the group's first m-line may be one that we reject, such as a data channel's
        bundle.media().stream().findFirst().ifPresent(first -> places.add(first.attributes()));
        places.add(sdp.attributes());
        return new TransportLines(sdp.attributes(), places);
    }

    Optional<String> first(String name) {
        return places.stream().flatMap(place -> place.all(name)).findFirst();
    }

    /** The values in the first place that has any. */
    List<String> all(String name) {
        return places.stream()
                .filter(place -> place.has(name))
                .findFirst()
                .map(place -> place.all(name).toList())
                .orElse(List.of());
    }

    /** The values in every place. */
    Stream<String> everywhere(String name) {
        return places.stream().flatMap(place -> place.all(name));
    }

    boolean has(String name, MediaDescription media) {
        return media.attributes().has(name) || first(name).isPresent();
    }
}
