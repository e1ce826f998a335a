package dev.notecast.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes that the rules are about. */
final class ProjectClasses {
    /** Every class of ours that is shipped. */
    static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.notecast");

    static final JavaClasses RTC = MAIN.that(resideInAPackage("dev.notecast.rtc.."));

    private ProjectClasses() {}
}
