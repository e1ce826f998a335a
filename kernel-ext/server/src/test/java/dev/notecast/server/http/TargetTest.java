package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final PathName LIVE = new PathName("live");
    private static final PathName CAM1 = new PathName("class/cam1");

    @Test
    void pathsOfSeveralSegmentsAreFoundBeforeTheLastWord() {
        assertTarget(new Target.Endpoint(Target.Direction.WHIP, CAM1), "/class/cam1/whip");
        assertTarget(new Target.Endpoint(Target.Direction.WHEP, CAM1), "/class/cam1/whep");
        assertTarget(new Target.Session(Target.Direction.WHEP, CAM1, "3f9a"), "/class/cam1/whep/3f9a");
        assertTarget(new Target.Mjpeg(CAM1), "/class/cam1/stream.mjpg");
        assertTarget(new Target.Snapshot(CAM1), "/class/cam1/snapshot.jpg");
        assertTarget(new Target.PublishPage(CAM1), "/class/cam1/publish");
        assertTarget(new Target.PathFilters(CAM1), "/class/cam1/filters");
        assertTarget(new Target.PathPipeline(CAM1), "/class/cam1/pipeline");
        assertTarget(new Target.PathFilters(LIVE), "/webrtc/filters");
        assertTarget(new Target.ViewPage(CAM1), "/class/cam1/");
        assertTarget(new Target.ApiPath(CAM1), "/api/v1/paths/class/cam1");
        assertTarget(new Target.ApiPathStats(CAM1), "/api/v1/paths/class/cam1/stats");
        assertTarget(new Target.SessionStats(Target.Direction.WHEP, CAM1, "3f9a"), "/class/cam1/whep/3f9a/stats");
    }

    @Test
    void theDefaultPathHasShortNames() {
        assertTarget(new Target.Mjpeg(LIVE), "/stream.mjpg");
        assertTarget(new Target.Snapshot(LIVE), "/snapshot.jpg");
    }

    @Test
    void aPathWithoutItsSlashIsSentToTheViewer() {
        assertTarget(new Target.Unknown(), "/live/index.m3u8");
        assertTarget(new Target.MissingSlash("/class/cam1/"), "/class/cam1");
    }

    @Test
    void publishersAreToldWhichWordIsReserved() {
        assertTarget(
                new Target.Unknown("'stats' is reserved in path 'class/stats', choose another name"),
                "/class/stats/whip");
        for (String uri : List.of("/api/whip", "/a/whep/frame", "/a/whip/b/publish", "/a/frame/whip")) {
            assertTrue(Target.parse(uri, LIVE) instanceof Target.Unknown(String why) && why.contains("reserved"), uri);
        }
        assertTarget(new Target.Endpoint(Target.Direction.WHIP, new PathName("stats")), "/stats/whip");
        assertTarget(new Target.Endpoint(Target.Direction.WHIP, new PathName("frame/left")), "/frame/left/whip");
    }

    @Test
    void whatIsNoPathIsUnknown() {
        for (String uri : List.of(
                "",
                "*",
                "//",
                "//live/",
                "/live//",
                "/..%2f",
                "/%6cive/",
                "/live/../etc/",
                "/.git/config",
                "/a/b/c/d/e/",
                "/api",
                "/api/v2/paths",
                "/metrics/",
                "/live/whip/a/b/c/d",
                "/assetss/../x/y/z/w")) {
            Target target = Target.parse(uri, LIVE);
            boolean harmless = target instanceof Target.Unknown || target instanceof Target.MissingSlash;
            assertEquals(true, harmless, uri + " is " + target);
        }
    }

    private static void assertTarget(Target expected, String uri) {
        assertEquals(expected, Target.parse(uri, LIVE), uri);
    }
}
