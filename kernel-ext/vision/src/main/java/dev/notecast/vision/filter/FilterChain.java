package dev.notecast.vision.filter;

import dev.notecast.media.codec.Natives;
import dev.notecast.vision.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that a picture goes through one after the other; none passes pictures as they are. */
public final class FilterChain implements AutoCloseable {
    /** The chain without filters. */
    public static final String COPY = "copy";

    private static final Pattern PARAMETER =
            Pattern.compile("\\s*[A-Za-z_][A-Za-z0-9_-]*\\s*="); // no port of an address
    private static final int MAX_FILTERS = 8;
    private static final Pattern MARK = Pattern.compile("='[^']*'|[,:]"); // those in quotes are a part of the value
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s,'?]*)\\?[^\\s,']*");

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
     * Makes the filters of a line such as {@code edge_detection,pixelate:size=12:..,mirror}, or of {@link #COPY}. A value
     * in single quotes may have commas. May take a moment the first time.
     *
     * @param models where neural filters get theirs from
     * @throws FilterException with a line for the user when one is not there or its parameters are wrong
     * @throws dev.notecast.vision.model.ModelException with a line for the user when a model is not there
     */
    public static FilterChain parse(String text, Models models) {
        Natives.load();
        String plain = text.strip();
        if (plain.equals(COPY)) {
            return new FilterChain(plain, List.of());
        }
        List<String> parts = split(plain, ",").stream().map(String::strip).toList();
        if (parts.size() > MAX_FILTERS) {
            throw new FilterException("a chain has " + MAX_FILTERS + " filters at most, not " + parts.size());
        }
        List<Step> made = new ArrayList<>();
        try {
            for (String part : parts) {
                List<String> words = words(part);
                String name = words.getFirst().strip();
                made.add(new Step(name, FilterCatalogue.find(name).make(words.subList(1, words.size()), models)));
            }
            return new FilterChain(plain, made);
        } catch (RuntimeException e) {
            made.forEach(step -> step.filter().close());
            throw e;
        }
    }

    /** As {@link #parse(String, Models)}, for filters that need no model. */
    public static FilterChain parse(String text) {
        return parse(text, Models.NONE);
    }

    /** A name and its parameters; a colon that no parameter follows is a part of the value before it. */
    private static List<String> words(String part) {
        List<String> words = new ArrayList<>();
        for (String word : split(part, ":")) {
            boolean goesOn = words.size() > 1 && !PARAMETER.matcher(word).lookingAt();
            words.add(goesOn ? words.removeLast() + ":" + word : word);
        }
        return words;
    }

    private static List<String> split(String text, String at) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (Matcher mark = MARK.matcher(text); mark.find(); ) {
            if (mark.group().equals(at)) {
                parts.add(text.substring(from, mark.start()));
                from = mark.end();
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** This chain with one more filter at its end; both own all of it, so only one of them is closed. */
    public FilterChain with(Step last) {
        List<Step> all = new ArrayList<>(steps);
        all.add(last);
        return new FilterChain(steps.isEmpty() ? last.name() : text + "," + last.name(), all);
    }

    public List<Step> steps() {
        return steps;
    }

    @Override
    public void close() {
        steps.forEach(step -> step.filter().close());
    }

    /** As it was written, without the queries of addresses, which may hold a token. */
    @Override
    public String toString() {
        return QUERY.matcher(text).replaceAll("$1?..");
    }
}
