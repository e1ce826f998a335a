package dev.notecast.server.tunnel.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshTargetTest {
    @ParameterizedTest
    @CsvSource({
        "server.example.org, me, server.example.org, 22",
        "you@203.0.113.7:2222, you, 203.0.113.7, 2222",
        "you@[2001:db8::7]:2222, you, 2001:db8::7, 2222",
        "localhost.run, nokey, localhost.run, 22"
    })
    void readsWhatSshTakes(String text, String user, String host, int port) {
        assertEquals(new SshTarget(user, host, port), SshTarget.parse(text, "me"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "me@", "server:0", "server:70000", "me@server;ls", "ssh://x"})
    void refusesAnythingElse(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> SshTarget.parse(text, "me"))
                .getMessage();
        assertTrue(message.startsWith("'" + text + "' is no SSH server"), message);
    }
}
