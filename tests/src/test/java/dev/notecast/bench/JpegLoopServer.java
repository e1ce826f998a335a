package dev.notecast.bench;

import dev.notecast.media.egress.mjpeg.JpegViewer;
import dev.notecast.media.egress.mjpeg.MjpegServer;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.http.HttpServer;
import dev.notecast.server.http.MediaApi;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Our HTTP server and our {@link MjpegServer}, as they are, with JPEGs from a folder in the place of a decoder. */
final class JpegLoopServer {
    private JpegLoopServer() {}

    /** Runs until it is killed: FOLDER FPS. Prints its address. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<byte[]> jpegs = new ArrayList<>();
        for (Path file : JpegFiles.in(Path.of(arguments[0]))) {
            jpegs.add(Files.readAllBytes(file));
        }
        MjpegServer pictures = new MjpegServer(new JpegLoop(jpegs, Integer.parseInt(arguments[1])));
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        HttpServer server = HttpServer.start(config, new AccessPolicy(config, Clock.systemUTC()), media(pictures));
        System.out.println("http://127.0.0.1:" + server.port() + "/live/stream.mjpg");
        Thread.currentThread().join();
    }

    private static MediaApi media(MjpegServer pictures) {
        return (MediaApi) Proxy.newProxyInstance(
                MediaApi.class.getClassLoader(),
                new Class<?>[] {MediaApi.class},
                (self, method, given) -> switch (method.getName()) {
                    case "openMjpeg" -> pictures.open((PathName) given[0], (JpegOptions) given[1]);
                    case "watchMjpeg" ->
                        pictures.watch((PathName) given[0], (JpegOptions) given[1], (JpegViewer) given[2]);
                    case "jpegDefaults" -> pictures.defaults((PathName) given[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
