package dev.notecast.server.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z");
    private static final int QUIET_ZONE = 4;

    @Test
    void aReaderFindsTheLinkInThePicture() throws Exception {
        String link = "https://warm-red-fox-jumps.trycloudflare.com/class/cam1/publish#invite=AAECAwQFBgcICQoLDA0ODw";
        QrCode code = QrCode.of(link);
        BitMatrix modules = new BitMatrix(code.size() - 2 * QUIET_ZONE);
        for (MatchResult run : RUN.matcher(code.path()).results().toList()) {
            int x = Integer.parseInt(run.group(1)) - QUIET_ZONE;
            int y = Integer.parseInt(run.group(2)) - QUIET_ZONE;
            modules.setRegion(x, y, Integer.parseInt(run.group(3)), 1);
        }
        assertEquals(link, new Decoder().decode(modules).getText());
    }
}
