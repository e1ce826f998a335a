package dev.notecast.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import org.junit.jupiter.api.Test;

/** The arrows between the modules, and what the modules in the way of a packet must not know. */
class ArchitectureTest {
    /** {@code rtc <- media <- vision <- server <- magics <- jupyter}; no module sees one to its right. */
    @Test
    void modulesDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.notecast..")
                .layer("rtc")
                .definedBy("dev.notecast.rtc..")
                .layer("media")
                .definedBy("dev.notecast.media..")
                .layer("vision")
                .definedBy("dev.notecast.vision..")
                .layer("server")
                .definedBy("dev.notecast.server..")
                .layer("magics")
                .definedBy("dev.notecast.magics..")
                .layer("jupyter")
                .definedBy("dev.notecast.jupyter..")
                .ensureAllClassesAreContainedInArchitecture()
                .whereLayer("jupyter")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("magics")
                .mayOnlyBeAccessedByLayers("jupyter")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("magics", "jupyter")
                .whereLayer("vision")
                .mayOnlyBeAccessedByLayers("server", "magics", "jupyter")
                .whereLayer("media")
                .mayOnlyBeAccessedByLayers("vision", "server", "magics", "jupyter")
                .check(ProjectClasses.MAIN);
    }

    @Test
    void forwardingNeverDependsOnCodecs() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.notecast.rtc..",
                        "dev.notecast.media.path..",
                        "dev.notecast.media.stream..",
                        "dev.notecast.media.webrtc..",
                        "dev.notecast.media.udp..",
                        "dev.notecast.media.dtls..",
                        "dev.notecast.media.transport..",
                        "dev.notecast.media.ingest.whip..",
                        "dev.notecast.media.egress.whep..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.notecast.media.codec..", "org.bytedeco..")
                .because("packets are forwarded, never decoded")
                .check(ProjectClasses.MAIN);
    }

    @Test
    void rtcDependsOnTheJdkAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.notecast.rtc..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.notecast.rtc..", "java..", "javax.crypto..", "javax.security..")
                .because("rtc takes bytes and time in and gives bytes and events out")
                .check(ProjectClasses.MAIN);
    }

    @Test
    void magicsKnowNoKernel() {
        noClasses()
                .that()
                .resideInAPackage("dev.notecast.magics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.dflib..", "io.github.spencerpark..")
                .because("magics run and are tested without a kernel")
                .check(ProjectClasses.MAIN);
    }
}
