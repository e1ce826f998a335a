package dev.notecast.rtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The attributes of a session or of one m-line, in their order. */
public record Attributes(List<Attribute> list) {
    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        list = List.copyOf(list);
    }

    /** The value of the first attribute of that name, empty for a flag. */
    public Optional<String> first(String name) {
        return all(name).findFirst();
    }

    /** The values of all attributes of that name. */
    public Stream<String> all(String name) {
        return list.stream().filter(each -> each.name().equals(name)).map(Attribute::value);
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    void writeTo(StringBuilder sdp) {
        for (Attribute attribute : list) {
            sdp.append(attribute).append("\r\n");
        }
    }
}
