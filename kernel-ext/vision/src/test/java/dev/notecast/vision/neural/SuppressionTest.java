package dev.notecast.vision.neural;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuppressionTest {
    private static Box box(float left, float top, float score, int kind) {
        return new Box(left, top, left + 10, top + 10, score, kind);
    }

    @Test
    void overlapIsTheAreaOfBothOverTheAreaOfEither() {
        Box box = new Box(0, 0, 10, 10, 1, 0);
        assertEquals(1, box.overlap(box));
        assertEquals(50.0 / 150, box.overlap(new Box(5, 0, 15, 10, 1, 0)), 1e-12);
        assertEquals(0.25, box.overlap(new Box(0, 0, 5, 5, 1, 0)), 1e-12);
        assertEquals(0, box.overlap(new Box(10, 0, 20, 10, 1, 0)));
        assertEquals(0, box.overlap(new Box(Float.NaN, 0, 20, 10, 1, 0)));
    }

    @Test
    void theSurestOfAClassStays() {
        Box sure = box(0, 0, 0.9f, 0);
        Box near = box(2, 0, 0.8f, 0);
        Box otherKind = box(2, 0, 0.7f, 1);
        Box far = box(50, 0, 0.6f, 0);
        assertEquals(List.of(sure, otherKind, far), Suppression.surest(List.of(far, otherKind, near, sure), 0.45));
        assertEquals(List.of(sure, far), Suppression.surestOfAll(List.of(far, otherKind, near, sure), 0.45));
    }

    @Test
    void aBoxThatStaysSuppressesWhatOneThatWentWouldHave() {
        // the second goes, so the third, which overlaps only the second, stays
        Box first = box(0, 0, 0.9f, 0);
        Box second = box(4, 0, 0.8f, 0);
        Box third = box(8, 0, 0.7f, 0);
        assertEquals(List.of(first, third), Suppression.surest(List.of(first, second, third), 0.3));
    }

    @Test
    void theOrderTheyComeInDoesNotMatter() {
        List<Box> boxes = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            boxes.add(box(random.nextInt(60), random.nextInt(60), random.nextInt(4) / 4f, random.nextInt(3)));
        }
        List<Box> kept = Suppression.surest(boxes, 0.4);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(boxes, random);
            assertEquals(kept, Suppression.surest(boxes, 0.4));
        }
    }

    @Test
    void thousandsOfBoxesAreCutToAHundred() {
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            boxes.add(box(20 * i, 0, 0.5f, 0));
        }
        assertEquals(100, Suppression.surest(boxes, 0.4).size());
    }
}
