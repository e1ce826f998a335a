package dev.notecast.vision.neural;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/** Non-maximum suppression: of boxes of one class that cover the same thing, the surest stays. */
final class Suppression {
    private static final int MAX_CANDIDATES = 1000; // a network that sees something everywhere would take seconds
    private static final int MAX_BOXES = 100;
    private static final Comparator<Box> SUREST_FIRST = Comparator.comparingDouble(Box::score)
            .reversed()
            .thenComparingInt(Box::kind)
            .thenComparingDouble(Box::top)
            .thenComparingDouble(Box::left);

    private Suppression() {}

    /**
     * The boxes that stay, surest first; equal ones always in the same order.
     *
     * @param overlap what two boxes of one class may have in common, 0 to 1
     */
    static List<Box> surest(List<Box> boxes, double overlap) {
        return surest(boxes, overlap, (a, b) -> a.kind() == b.kind());
    }

    /** The same for boxes that are all of one class, whatever stands in that place. */
    static List<Box> surestOfAll(List<Box> boxes, double overlap) {
        return surest(boxes, overlap, (a, b) -> true);
    }

    private static List<Box> surest(List<Box> boxes, double overlap, BiPredicate<Box, Box> rivals) {
        List<Box> sorted =
                boxes.stream().sorted(SUREST_FIRST).limit(MAX_CANDIDATES).toList();
        List<Box> kept = new ArrayList<>();
        for (Box box : sorted) {
            if (kept.size() == MAX_BOXES) {
                break;
            }
            if (kept.stream().noneMatch(other -> rivals.test(other, box) && other.overlap(box) > overlap)) {
                kept.add(box);
            }
        }
        return kept;
    }
}
