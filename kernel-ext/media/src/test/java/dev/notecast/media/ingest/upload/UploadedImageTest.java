package dev.notecast.media.ingest.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadedImageTest {
    @FuzzTest(maxDuration = "10s")
    void whateverTheBytesAreTheyAreRefusedOrWithinTheLimits(byte[] file) {
        try {
            UploadedImage image = UploadedImage.read(file);
            assertTrue((long) image.width() * image.height() <= UploadedImage.MAX_PIXELS);
            assertTrue(file.length > 16, "no picture is so small");
        } catch (BadImageException e) {
            assertEquals(1, e.getMessage().lines().count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void readsTypeAndSizeFromTheHeader(String extension) {
        UploadedImage image = UploadedImage.read(Images.file(extension, 322, 179, 90));
        assertEquals(322, image.width());
        assertEquals(179, image.height());
        assertEquals(extension.equals(".jpg"), image.plainJpeg());
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void aFileThatIsCutOffAnywhereIsRefusedInOneLine(String extension) {
        byte[] file = Images.file(extension, 64, 48, 90);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            String message = assertThrows(BadImageException.class, () -> UploadedImage.read(cut))
                    .getMessage();
            assertEquals(1, message.lines().count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void damagedFilesAreRefusedOrReadNeverWorse(String extension) {
        byte[] file = Images.file(extension, 64, 48, 90);
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = file.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                UploadedImage image = UploadedImage.read(damaged);
                assertTrue((long) image.width() * image.height() <= UploadedImage.MAX_PIXELS);
            } catch (BadImageException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }

    @Test
    void aSmallFileThatClaimsManyPixelsIsRefusedBeforeItIsDecoded() {
        byte[] jpeg = Images.file(".jpg", 64, 48, 90);
        int frame = indexOf(jpeg, (byte) 0xC0);
        Arrays.fill(jpeg, frame + 4, frame + 8, (byte) 0xFF); // height and width: 65535
        assertEquals(
                "the picture has 65535x65535 pixels: at most 8192 a side and 16 million in all are taken",
                assertThrows(BadImageException.class, () -> UploadedImage.read(jpeg))
                        .getMessage());
    }

    @Test
    void aJpegOfManyScansIsRefused() {
        byte[] jpeg = Images.file(".jpg", 64, 48, 90);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(jpeg, 0, jpeg.length - 2);
        byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 1};
        for (int i = 0; i < 100; i++) {
            bomb.writeBytes(scan);
        }
        bomb.write(jpeg, jpeg.length - 2, 2);
        assertEquals(
                "the JPEG has over 64 scans",
                assertThrows(BadImageException.class, () -> UploadedImage.read(bomb.toByteArray()))
                        .getMessage());
    }

    @Test
    void aJpegWithMetadataOrATailIsNotHandedOnUnread() {
        byte[] jpeg = Images.file(".jpg", 64, 48, 90);
        assertFalse(UploadedImage.read(Arrays.copyOf(jpeg, jpeg.length + 5)).plainJpeg());
        ByteArrayOutputStream withPlace = new ByteArrayOutputStream();
        withPlace.write(jpeg, 0, 2);
        withPlace.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 8, 'E', 'x', 'i', 'f', 0, 0});
        withPlace.write(jpeg, 2, jpeg.length - 2);
        assertFalse(UploadedImage.read(withPlace.toByteArray()).plainJpeg());
    }

    @Test
    void whatIsNoPictureIsToldApartFromADamagedOne() {
        BadImageException text = assertThrows(
                BadImageException.class,
                () -> UploadedImage.read("<html>hello</html>".getBytes(StandardCharsets.US_ASCII)));
        assertTrue(text.isUnknownType());
        BadImageException empty = assertThrows(BadImageException.class, () -> UploadedImage.read(new byte[0]));
        assertFalse(empty.isUnknownType());
    }

    private static int indexOf(byte[] data, byte marker) {
        for (int i = 0; i + 1 < data.length; i++) {
            if (data[i] == (byte) 0xFF && data[i + 1] == marker) {
                return i + 1;
            }
        }
        throw new IllegalStateException("no such marker");
    }
}
