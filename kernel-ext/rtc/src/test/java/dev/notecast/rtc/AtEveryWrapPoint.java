package dev.notecast.rtc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that gets the 16-bit sequence number to begin with: sixteen places where arithmetic goes wrong first. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "from {0}")
@ValueSource(
        ints = {
            0, 1, 2, 511, 512, 32_700, 32_766, 32_767, 32_768, 32_769, 65_000, 65_500, 65_530, 65_533, 65_534, 65_535
        })
public @interface AtEveryWrapPoint {}
