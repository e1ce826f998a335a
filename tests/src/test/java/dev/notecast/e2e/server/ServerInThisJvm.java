package dev.notecast.e2e.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Of tests that start a server in their own JVM: there is only one at a time, so they wait for each other. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("dev.notecast.server.Notecast")
public @interface ServerInThisJvm {}
