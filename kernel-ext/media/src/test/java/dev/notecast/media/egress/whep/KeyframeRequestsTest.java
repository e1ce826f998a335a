package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of a viewer's requests for keyframes reach the publisher. */
class KeyframeRequestsTest extends ViewerFixture {
    @Test
    void aPliGoesToThePublisherAndOneForAStrangeSsrcNowhere() {
        outbound.begin(stream);
        forward(video(200, true));
        int ssrc = sender.sent.getFirst().ssrc();
        outbound.receive(List.of(new PictureLossIndication(9, ssrc)), 0);
        outbound.receive(List.of(new PictureLossIndication(9, ssrc + 1)), 0);
        assertEquals(2, source.keyframeRequests.get(), "one at the beginning, one for the PLI");
    }

    /** Each request would be a keyframe for everybody who watches. */
    @Test
    void whoAsksForKeyframesAllTheTimeGetsAFewAndThenOneInSeveralSeconds() {
        outbound.begin(stream);
        forward(video(100, true));
        int ssrc = sender.sent.getFirst().ssrc();
        int answered = source.keyframeRequests.get();
        int keyframes = 0;
        for (int ms = 0; ms < 60_000; ms += 10) {
            outbound.receive(List.of(new PictureLossIndication(1, ssrc), nackOfUnknown(ssrc)), ms * MS);
            if (source.keyframeRequests.get() > answered) {
                answered = source.keyframeRequests.get();
                keyframes++;
                outbound.forward(video(101 + ms, true), ms * MS);
            }
            outbound.tick(ms * MS);
        }
        assertTrue(keyframes > 60 / 5, "the viewer is not forgotten: " + keyframes);
        assertTrue(keyframes <= 4 + 60 / 4, keyframes + " keyframes in a minute");
    }

    @Test
    void aPublisherThatReturnsIsAskedForAKeyframeWhateverTheViewerHasSpent() {
        outbound.begin(stream);
        forward(video(100, true));
        int ssrc = sender.sent.getFirst().ssrc();
        for (int i = 0; i < 20; i++) {
            outbound.receive(List.of(new PictureLossIndication(1, ssrc)), MS);
            forward(video(101 + i, true));
        }
        outbound.end();
        int before = source.keyframeRequests.get();
        outbound.begin(stream);
        outbound.tick(2 * MS);
        outbound.tick(300 * MS);
        outbound.receive(List.of(new PictureLossIndication(1, ssrc)), 301 * MS);
        assertEquals(before + 3, source.keyframeRequests.get());
    }

    @Test
    void aKeyframeIsAskedForUntilOneCameButNotForEver() {
        outbound.begin(stream);
        for (int ms = 0; ms < 60_000; ms += 10) {
            outbound.tick(ms * MS);
        }
        assertEquals(51, source.keyframeRequests.get());
        forward(video(1, true));
        outbound.tick(70_000 * MS);
        assertEquals(51, source.keyframeRequests.get());
    }

    private static Nack nackOfUnknown(int ssrc) {
        return new Nack(1, ssrc, List.of(7));
    }
}
