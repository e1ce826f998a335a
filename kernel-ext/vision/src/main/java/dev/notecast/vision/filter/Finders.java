package dev.notecast.vision.filter;

import dev.notecast.vision.model.Models;
import dev.notecast.vision.neural.NeuralFilters;

/** Chooses between networks and what there is without them. */
final class Finders {
    private static final double PERCENT = 100;

    private Finders() {}

    static FaceFinder faces(Settings settings, Models models) {
        int min = settings.whole("min");
        String model = settings.text("model");
        double score = settings.whole("score") / PERCENT;
        return switch (settings.text("detector")) {
            case "haar" -> new HaarFaces(min);
            case "yunet" -> NeuralFilters.faces(models, model, score, min);
            default ->
                new EitherFaces(
                        NeuralFilters.facesIfAny(models, model, score, min),
                        new HaarFaces(min),
                        "OpenCV's Haar cascade");
        };
    }

    static PersonFinder people(Settings settings, Models models) {
        int history = settings.whole("history");
        String model = settings.text("model");
        return switch (settings.text("by")) {
            case "mog2" -> new MovingThings(history);
            case "network" -> NeuralFilters.people(models, model);
            default ->
                new EitherPeople(
                        NeuralFilters.peopleIfAny(models, model), new MovingThings(history), "what moves (MOG2)");
        };
    }
}
