package dev.notecast.rtc.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "192.0.2.255",
                "::",
                "::1",
                "2001:db8::",
                "2001:DB8::1:2",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::ffff:192.0.2.1",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:255.255.255.255"
            })
    void readsLiteralsAsTheJdkDoes(String text) throws UnknownHostException {
        assertEquals(Optional.of(InetAddress.getByName(text)), IpLiterals.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "5c2f1f2e-0000-4000-8000-000000000000.local",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.",
                "1.2.3.-4",
                "1234",
                "0x7f.0.0.1",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "::1.2.3",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "١.2.3.4"
            })
    void readsNothingElse(String text) {
        assertEquals(Optional.empty(), IpLiterals.parse(text));
    }

    @FuzzTest
    void neverThrows(byte[] data) {
        IpLiterals.parse(new String(data, java.nio.charset.StandardCharsets.UTF_8));
    }
}
