package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.ParseResult;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {
    private static final String PWD = "0123456789abcdefghij+/";

    @Test
    void makesNewOnesWithEnoughRandomness() {
        Random random = new Random(1);
        IceCredentials first = IceCredentials.random(random);
        assertTrue(
                first.pwd().length() * 6 >= 128,
                "password below 128 bits: " + first.pwd().length());
        assertNotEquals(first, IceCredentials.random(random));
        assertInstanceOf(ParseResult.Ok.class, IceCredentials.parse(first.ufrag(), first.pwd()));
    }

    @Test
    void refusesWhatRfc8839DoesNotAllow() {
        assertInstanceOf(ParseResult.Ok.class, IceCredentials.parse("abcd", PWD));
        assertInstanceOf(ParseResult.Malformed.class, IceCredentials.parse("abc", PWD));
        assertInstanceOf(ParseResult.Malformed.class, IceCredentials.parse("abcd", PWD.substring(1)));
        assertInstanceOf(ParseResult.Malformed.class, IceCredentials.parse("ab:d", PWD));
        assertInstanceOf(ParseResult.Malformed.class, IceCredentials.parse("abcd", PWD + "\n"));
        assertInstanceOf(ParseResult.Malformed.class, IceCredentials.parse("a".repeat(257), PWD));
        assertInstanceOf(ParseResult.Malformed.class, IceCredentials.parse("abcd", "a".repeat(257)));
    }

    @Test
    void doesNotShowThePassword() {
        assertFalse(new IceCredentials("abcd", PWD).toString().contains(PWD), "password in toString");
    }
}
