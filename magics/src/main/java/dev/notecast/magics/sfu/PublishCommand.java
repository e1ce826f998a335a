package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.server.Notecast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "publish", sortOptions = false, description = "Bring a source into a path.")
final class PublishCommand implements Runnable {
    private enum TestCodec {
        VP8,
        H264,
        VP9,
        AV1
    }

    @Parameters(
            paramLabel = "PATH",
            converter = PathNameConverter.class,
            description = "Name of the stream, such as 'live'.")
    private PathName path;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            required = true,
            description = "'test': a moving picture with a counter, a clock and a tone;"
                    + " 'browser': the camera of a browser, through the publish page.")
    private String from;

    @Option(
            names = "--codec",
            paramLabel = "vp8|h264|vp9|av1",
            description = "Video codec of the test picture (default vp8).")
    private TestCodec codec = TestCodec.VP8;

    @Mixin
    private Help help;

    private final Display display;

    PublishCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        switch (from) {
            case "test" -> {
                server.publishTest(path, testOptions());
                display.show(new Output.TextLine("The test picture is live on '" + path + "'."));
            }
            case "browser" -> display.show(new Output.PublishView(path));
            default ->
                throw new MagicException(
                        "cannot publish from '" + from + "': this version takes '--from test' and '--from browser'");
        }
    }

    private TestOptions testOptions() {
        TestOptions base = TestOptions.DEFAULT;
        Codec chosen =
                switch (codec) {
                    case VP8 -> Codec.VP8;
                    case H264 -> Codec.H264;
                    case VP9 -> Codec.VP9;
                    case AV1 -> Codec.AV1;
                };
        return new TestOptions(chosen, base.width(), base.height(), base.fps(), base.bitrateBps());
    }
}
