package dev.notecast.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a TorchScript file, as {@code torch.jit.save} does, of a module without weights. */
final class TorchScript {
    private static final String FOLDER = "model/";
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'}; // an empty tuple

    private TorchScript() {}

    /** @param forward the body of {@code forward(self, x: Tensor) -> Tensor}, a statement a line */
    static Path write(Path file, String forward) throws IOException {
        String code =
                """
                class Planted(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Planted,
                    x: Tensor) -> Tensor:
                %s"""
                        .formatted(forward.indent(4));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "data.pkl", module());
            store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", NO_CONSTANTS);
            store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** The pickled object: of the class above, with its one attribute. */
    private static byte[] module() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String attribute = "training";
        out.writeBytes(new byte[] {(byte) 0x80, 2});
        out.writeBytes("c__torch__\nPlanted\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {')', (byte) 0x81, '}', '(', 'X', (byte) attribute.length(), 0, 0, 0});
        out.writeBytes(attribute.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'}); // false
        return out.toByteArray();
    }

    /** PyTorch reads entries that are not compressed. */
    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
