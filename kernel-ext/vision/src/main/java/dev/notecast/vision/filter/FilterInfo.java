package dev.notecast.vision.filter;

import dev.notecast.vision.model.Models;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A filter of the catalogue: what it is, before one is made. */
public final class FilterInfo {
    private final String name;
    private final FilterKind kind;
    private final String truth;
    private final double costMillis;
    private final List<Parameter> parameters;
    private final Optional<String> licence;
    private final FilterMaker maker;

    FilterInfo(
            String name,
            FilterKind kind,
            String truth,
            double costMillis,
            List<Parameter> parameters,
            Optional<String> licence,
            FilterMaker maker) {
        this.name = name;
        this.kind = kind;
        this.truth = truth;
        this.costMillis = costMillis;
        this.parameters = List.copyOf(parameters);
        this.licence = licence;
        this.maker = maker;
    }

    public String name() {
        return name;
    }

    public FilterKind kind() {
        return kind;
    }

    /** One sentence: what it does, and what it does not. */
    public String truth() {
        return truth;
    }

    /**
     * CPU time of one picture of 640x480 in milliseconds, as {@code install/notecast bench pipeline} measured it on two
     * cores; of neural filters by a network of the real one's size with random weights.
     */
    public double costMillis() {
        return costMillis;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** All parameters with what they may be, empty when there are none. */
    public String parameterSummary() {
        return parameters.stream().map(Parameter::summary).collect(Collectors.joining(", "));
    }

    /** Of the weights that it uses when nothing else is said; empty for a classical one. */
    public Optional<String> licence() {
        return licence;
    }

    /** Makes one; may take a moment the first time, when libraries and cascades are loaded. */
    Filter make(List<String> given, Models models) {
        return maker.make(new Settings(name, parameters, given), models);
    }
}
