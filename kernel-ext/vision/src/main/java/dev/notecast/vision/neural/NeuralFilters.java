package dev.notecast.vision.neural;

import dev.notecast.vision.filter.FaceFinder;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.PersonFinder;
import dev.notecast.vision.filter.Settings;
import dev.notecast.vision.model.Models;

/**
 * Makes what the catalogue has by networks. Each asks for its model and begins without it: pictures pass as they are until
 * it is there.
 */
public final class NeuralFilters {
    private NeuralFilters() {}

    /** @throws dev.notecast.vision.model.ModelException when there is no such model, as for the others */
    public static Filter objectDetection(Settings settings, Models models) {
        return new ObjectDetection(settings, models);
    }

    public static Filter segmentation(Settings settings, Models models) {
        return new Segmentation(settings, models);
    }

    public static Filter pose(Settings settings, Models models) {
        return new Pose(settings, models);
    }

    public static Filter styleTransfer(Settings settings, Models models) {
        return new StyleTransfer(settings, models);
    }

    /**
     * @param score the least, 0 to 1
     * @param minPixels how wide the smallest face is
     */
    public static FaceFinder faces(Models models, String model, double score, int minPixels) {
        return new YuNetFaces(models, model, score, minPixels);
    }

    /** The same where there may be no such model; it is never ready then. */
    public static FaceFinder facesIfAny(Models models, String model, double score, int minPixels) {
        return faces(NoLease.instead(models), model, score, minPixels);
    }

    public static PersonFinder people(Models models, String model) {
        return new NetworkPeople(models, model);
    }

    /** The same where there may be no such model; it never finds anybody then. */
    public static PersonFinder peopleIfAny(Models models, String model) {
        return people(NoLease.instead(models), model);
    }
}
