package dev.notecast.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rtc module has no sockets, threads, clock or logging. */
class SansIoTest {
    /** Addresses are data; the rest of {@code java.net} talks to the network. */
    private static final Set<String> NETWORK_DATA = Set.of(
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetSocketAddress",
            "java.net.SocketAddress",
            "java.net.UnknownHostException");

    @Test
    void hasNoSocketsOrFiles() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "do I/O",
                        (JavaClass used) -> used.getPackageName().startsWith("java.nio.channels")
                                || used.getPackageName().startsWith("java.nio.file")
                                || used.getName().matches("java\\.io\\.(File|RandomAccess).*")
                                || used.getPackageName().startsWith("java.net")
                                        && !NETWORK_DATA.contains(used.getName())))
                .check(ProjectClasses.RTC);
    }

    @Test
    void hasNoThreads() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "run or join threads",
                        (JavaClass used) -> used.getName()
                                        .matches("java\\.lang\\.(Thread|ThreadLocal)(\\$.*)?|java\\.util\\.Timer.*")
                                || used.getPackageName().startsWith("java.util.concurrent")
                                        && !used.getName().equals("java.util.concurrent.TimeUnit")
                                        && !used.getPackageName().equals("java.util.concurrent.atomic")))
                .because("whoever drives a state machine owns it")
                .check(ProjectClasses.RTC);
    }

    @Test
    void hasNoClock() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(HasName.Predicates.name("java.lang.System")))
                        .and(target(nameMatching("nanoTime|currentTimeMillis"))))
                .orShould()
                .callMethodWhere(target(owner(nameMatching("java\\.time\\..*"))).and(target(nameMatching("now"))))
                .orShould()
                .dependOnClassesThat(HasName.Predicates.nameMatching("java\\.time\\.(Clock|InstantSource)"))
                .because("time is passed in")
                .check(ProjectClasses.RTC);
    }

    @Test
    void hasNoLogging() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ProjectClasses.RTC);
    }
}
