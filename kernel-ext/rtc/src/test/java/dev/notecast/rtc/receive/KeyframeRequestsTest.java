package dev.notecast.rtc.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyframeRequestsTest {
    private static final long MS = 1_000_000;
    private static final long START = Long.MAX_VALUE - 200 * MS; // time may wrap too

    private final KeyframeRequests requests = new KeyframeRequests();

    @Test
    void sendsTheFirstRequestAtOnce() {
        assertEquals(KeyframeRequests.NEVER, requests.nextTimeoutNanos());
        assertTrue(requests.request(START));
    }

    @Test
    void mergesRequestsWithinTheWindowIntoOneAtItsEnd() {
        requests.request(START);
        requests.keyframeArrived();
        for (int reader = 0; reader < 200; reader++) {
            assertFalse(requests.request(START + (50 + reader) * MS));
        }
        assertEquals(START + 350 * MS, requests.nextTimeoutNanos());
        assertFalse(requests.due(START + 349 * MS));
        assertTrue(requests.due(START + 350 * MS));
        requests.keyframeArrived();
        assertFalse(requests.due(START + 700 * MS));
        assertEquals(KeyframeRequests.NEVER, requests.nextTimeoutNanos());
    }

    @Test
    void aKeyframeAnswersAllWhoAskedBeforeIt() {
        requests.request(START);
        requests.request(START + 5 * MS);
        requests.keyframeArrived();
        assertFalse(requests.due(START + 350 * MS));
    }

    @Test
    void repeatsAtMostTenTimesWithoutAnAnswer() {
        int sent = requests.request(START) ? 1 : 0;
        for (int i = 1; i < 100; i++) {
            sent += requests.due(START + i * 100 * MS) ? 1 : 0;
        }
        assertEquals(KeyframeRequests.MAX_UNANSWERED, sent);
        assertEquals(KeyframeRequests.NEVER, requests.nextTimeoutNanos());
        assertTrue(requests.request(START + 20_000 * MS), "a new request begins anew");
    }

    @Test
    void sendsNothingThatNobodyAskedFor() {
        assertFalse(requests.due(START));
        requests.keyframeArrived();
        assertFalse(requests.due(START + 1000 * MS));
    }

    @Test
    void doesNotFloodWhoeverAsks() {
        int sent = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            sent += requests.request(START + ms * MS) ? 1 : 0;
        }
        assertEquals(29, sent, "one in 350 ms");
    }
}
