package dev.notecast.bench;

import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.pipeline.PipelineOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The server in a process of its own, with a pipeline whose filters a peer chooses; prints its address. */
final class PipelineServer {
    private PipelineServer() {}

    /** @param filters each as {@code %pipeline start --choices} takes it */
    public static void main(String[] filters) throws InterruptedException {
        try (Notecast server =
                Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0))) {
            PathName in = server.config().defaultPath();
            PipelineOptions options =
                    PipelineOptions.of(in, new PathName(in + "-ai")).withChoices(List.of(filters));
            server.pipelines().start(Comparison.PIPELINE, options, "copy");
            System.out.println(server.baseUrl());
            new CountDownLatch(1).await();
        }
    }
}
