package dev.notecast.vision.filter;

import dev.notecast.media.codec.Natives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Filters that a picture goes through one after the other; none passes pictures as they are. */
public final class FilterChain implements AutoCloseable {
    /** The chain without filters. */
    public static final String COPY = "copy";

    private static final int MAX_FILTERS = 8;

    /** One filter of a chain. */
    public record Step(String name, Filter filter) {}

    private final String text;
    private final List<Step> steps;

    /** @param steps become this object's */
    public FilterChain(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /**
     * Makes the filters of a line such as {@code edge_detection,pixelate:size=12:..,mirror}, or of {@link #COPY}. May take
     * a moment the first time.
     *
     * @throws FilterException with a line for the user when one is not there or its parameters are wrong
     */
    public static FilterChain parse(String text) {
        Natives.load();
        String plain = text.strip();
        if (plain.equals(COPY)) {
            return new FilterChain(plain, List.of());
        }
        List<String> parts =
                Arrays.stream(plain.split(",", -1)).map(String::strip).toList();
        if (parts.size() > MAX_FILTERS) {
            throw new FilterException("a chain has " + MAX_FILTERS + " filters at most, not " + parts.size());
        }
        List<Step> made = new ArrayList<>();
        try {
            for (String part : parts) {
                List<String> words = words(part);
                String name = words.getFirst().strip();
                made.add(new Step(name, FilterCatalogue.find(name).make(words.subList(1, words.size()))));
            }
            return new FilterChain(plain, made);
        } catch (RuntimeException e) {
            made.forEach(step -> step.filter().close());
            throw e;
        }
    }

    /** A name and its parameters; a colon that no parameter follows is a part of the value before it. */
    private static List<String> words(String part) {
        List<String> words = new ArrayList<>();
        for (String word : part.split(":")) {
            boolean goesOn = words.size() > 1 && word.indexOf('=') < 0;
            words.add(goesOn ? words.removeLast() + ":" + word : word);
        }
        return words.isEmpty() ? List.of("") : words;
    }

    public List<Step> steps() {
        return steps;
    }

    @Override
    public void close() {
        steps.forEach(step -> step.filter().close());
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
