package dev.notecast.rtc.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything at sixteen places around the wraps of signed and unsigned 16-bit numbers. */
class SequenceNumbersTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 2, 3, 100, 32_766, 32_767, 32_768, 32_769, 32_770, 65_000, 65_436, 65_532, 65_533, 65_534, 65_535
            })
    void orderAndDistanceDoNotDependOnThePlace(int base) {
        for (int distance : new int[] {1, 2, 17, 255, 256, 1000, 32_767}) {
            int later = SequenceNumbers.add(base, distance);
            assertTrue(later >= 0 && later <= 0xFFFF, later + " is not a sequence number");
            assertTrue(SequenceNumbers.isNewer(later, base), later + " was sent after " + base);
            assertFalse(SequenceNumbers.isNewer(base, later), base + " was sent before " + later);
            assertEquals(distance, SequenceNumbers.difference(later, base));
            assertEquals(-distance, SequenceNumbers.difference(base, later));
            assertEquals(base, SequenceNumbers.add(later, -distance));
        }
        assertFalse(SequenceNumbers.isNewer(base, base));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 2, 3, 100, 32_766, 32_767, 32_768, 32_769, 32_770, 65_000, 65_436, 65_532, 65_533, 65_534, 65_535
            })
    void unwrapsToTheNearestExtendedNumber(int base) {
        for (long wraps : new long[] {1, 2, 1000, 1L << 40}) {
            long reference = (wraps << 16) + base;
            for (int distance : new int[] {-32_767, -1000, -1, 0, 1, 1000, 32_767}) {
                int sequenceNumber = SequenceNumbers.add(base, distance);
                assertEquals(reference + distance, SequenceNumbers.unwrap(sequenceNumber, reference));
            }
        }
    }

    @Test
    void unwrapsBelowZeroBeforeTheFirstNumber() {
        assertEquals(-1, SequenceNumbers.unwrap(65_535, 0));
    }
}
