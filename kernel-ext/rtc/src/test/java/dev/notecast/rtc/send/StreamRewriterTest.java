package dev.notecast.rtc.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;

class StreamRewriterTest {
    private static final int CLOCK_RATE = 90_000;
    private static final long MS = 1_000_000;
    private static final long SOURCE = 70_000; // extended

    private static StreamRewriter rewriter(int first) {
        return new StreamRewriter(CLOCK_RATE, first, -100);
    }

    private static int plus(int first, int count) {
        return first + count & 0xFFFF;
    }

    @AtEveryWrapPoint
    void numbersFromItsOwnBeginning(int first) {
        StreamRewriter rewriter = rewriter(first);
        assertFalse(rewriter.isStarted());
        assertEquals(StreamRewriter.NONE, rewriter.rewrite(SOURCE, 5000, 0));
        rewriter.begin(SOURCE, 5000, 0);
        assertTrue(rewriter.isStarted());
        for (int i = 0; i < 100; i++) {
            assertEquals(plus(first, i), rewriter.rewrite(SOURCE + i, 5000 + i * 3000, 0));
            assertEquals(-100 + i * 3000, rewriter.timestamp(5000 + i * 3000));
        }
    }

    @AtEveryWrapPoint
    void keepsLossAsAGapAndLatePacketsInTheirPlace(int first) {
        StreamRewriter rewriter = rewriter(first);
        rewriter.begin(SOURCE, 0, 0);
        assertEquals(plus(first, 0), rewriter.rewrite(SOURCE, 0, 0));
        assertEquals(plus(first, 2), rewriter.rewrite(SOURCE + 2, 0, 0));
        assertEquals(plus(first, 1), rewriter.rewrite(SOURCE + 1, 0, 0));
        assertEquals(StreamRewriter.NONE, rewriter.rewrite(SOURCE - 1, 0, 0), "from before this reader's entry");
        assertEquals(plus(first, 3), rewriter.rewrite(SOURCE + 3, 0, 0));
    }

    @AtEveryWrapPoint
    void packetsOfOurOwnComeRightBeforeTheSourcesFirst(int first) {
        StreamRewriter rewriter = rewriter(first);
        rewriter.begin(SOURCE, 1000, 0);
        assertEquals(first, rewriter.prepend());
        assertEquals(plus(first, 1), rewriter.prepend());
        assertEquals(plus(first, 2), rewriter.rewrite(SOURCE, 1000, 0));
        assertEquals(StreamRewriter.NONE, rewriter.rewrite(SOURCE - 1, 0, 0), "would have the number of our own");
        assertEquals(plus(first, 3), rewriter.rewrite(SOURCE + 1, 1000, 0));
        assertEquals(StreamRewriter.NONE, rewriter.sourceSequence(first));
        assertEquals(StreamRewriter.NONE, rewriter.sourceSequence(plus(first, 1)));
        assertEquals(SOURCE, rewriter.sourceSequence(plus(first, 2)));
        rewriter.begin(7, 1, 0);
        assertEquals(plus(first, 4), rewriter.prepend());
        assertEquals(plus(first, 5), rewriter.rewrite(7, 1, 0));
    }

    @AtEveryWrapPoint
    void goesOnWithAnotherPublisher(int first) {
        StreamRewriter rewriter = rewriter(first);
        rewriter.begin(SOURCE, 1000, 0);
        rewriter.rewrite(SOURCE, 1000, 0);
        rewriter.rewrite(SOURCE + 1, 4000, 33 * MS);
        rewriter.end();
        assertEquals(StreamRewriter.NONE, rewriter.rewrite(SOURCE + 2, 7000, 66 * MS));

        rewriter.begin(5, 99, 1033 * MS); // a second later
        assertEquals(plus(first, 2), rewriter.rewrite(5, 99, 1033 * MS));
        assertEquals(-100 + 3000 + CLOCK_RATE, rewriter.timestamp(99));
        assertEquals(5, rewriter.sourceSequence(plus(first, 2)));
        assertEquals(StreamRewriter.NONE, rewriter.sourceSequence(plus(first, 1)), "was another publisher's");
    }

    @AtEveryWrapPoint
    void timeNeverGoesBackwardsOrJumpsFar(int first) {
        StreamRewriter rewriter = rewriter(first);
        rewriter.begin(SOURCE, 0, 0);
        rewriter.rewrite(SOURCE, 0, 1000 * MS);
        rewriter.begin(SOURCE, 0, 0);
        rewriter.rewrite(SOURCE, 0, 0);
        assertEquals(-99, rewriter.timestamp(0));
        rewriter.begin(SOURCE, 0, 1_000_000_000 * MS);
        assertTrue(rewriter.timestamp(0) - -99 > 0, "a pause of days still goes forward");
    }

    @AtEveryWrapPoint
    void closesOverWhatWasLeftOut(int first) {
        StreamRewriter rewriter = rewriter(first);
        rewriter.begin(SOURCE, 0, 0);
        rewriter.rewrite(SOURCE, 0, 0);
        rewriter.rewrite(SOURCE + 1, 0, 0);
        rewriter.skipTo(SOURCE + 10);
        assertEquals(plus(first, 2), rewriter.rewrite(SOURCE + 10, 0, 0));
        assertEquals(StreamRewriter.NONE, rewriter.rewrite(SOURCE + 5, 0, 0), "was left out");
        assertEquals(plus(first, 3), rewriter.rewrite(SOURCE + 11, 0, 0));
        assertEquals(SOURCE + 1, rewriter.sourceSequence(plus(first, 1)));
        assertEquals(SOURCE + 11, rewriter.sourceSequence(plus(first, 3)));
        rewriter.skipTo(SOURCE + 10);
        assertEquals(plus(first, 4), rewriter.rewrite(SOURCE + 12, 0, 0), "skipping backwards does nothing");
    }

    @AtEveryWrapPoint
    void findsTheSourceOfWhatWasSent(int first) {
        StreamRewriter rewriter = rewriter(first);
        rewriter.begin(SOURCE, 0, 0);
        for (int i = 0; i < 1000; i++) {
            rewriter.rewrite(SOURCE + i, 0, 0);
        }
        assertEquals(SOURCE, rewriter.sourceSequence(first));
        assertEquals(SOURCE + 999, rewriter.sourceSequence(plus(first, 999)));
        assertEquals(StreamRewriter.NONE, rewriter.sourceSequence(plus(first, 1000)), "not sent yet");
        assertEquals(StreamRewriter.NONE, rewriter.sourceSequence(plus(first, -1)), "from before the beginning");
    }

    @AtEveryWrapPoint
    void remembersABoundedNumberOfSkips(int first) {
        StreamRewriter rewriter = rewriter(first);
        rewriter.begin(SOURCE, 0, 0);
        int skips = 100;
        for (int i = 0; i <= skips; i++) {
            rewriter.skipTo(SOURCE + i * 10L);
            assertEquals(plus(first, i), rewriter.rewrite(SOURCE + i * 10L, 0, 0));
        }
        int oldest = skips - StreamRewriter.MAX_SEGMENTS + 1;
        assertEquals(SOURCE + oldest * 10L, rewriter.sourceSequence(plus(first, oldest)));
        assertEquals(StreamRewriter.NONE, rewriter.sourceSequence(plus(first, oldest - 1)));
    }
}
