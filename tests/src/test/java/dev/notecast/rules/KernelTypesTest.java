package dev.notecast.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** The kernel's jar relocates these libraries, so code compiled against their usual names breaks inside it. */
class KernelTypesTest {
    @Test
    void usesNoRelocatedTypeOfTheKernel() {
        noClasses()
                .that()
                .resideInAPackage("dev.notecast.jupyter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.gson..", "org.zeromq..", "zmq..", "org.dflib.jjava.shaded..")
                .allowEmptyShould(true)
                .check(ProjectClasses.MAIN);
    }
}
