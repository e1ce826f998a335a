package dev.notecast.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * No class of ours, tests included, uses {@code synchronized}: Java 21 pins a virtual thread inside a monitor (JEP 491
 * ended that only in 24), and a few pinned threads stall everything that runs on virtual threads.
 */
class MonitorsTest {
    @Test
    void noMethodEntersAMonitor() {
        List<String> found = new ArrayList<>();
        var classes = new ClassFileImporter().importPackages("dev.notecast");
        classes.forEach(type -> scan(type, found));
        assertTrue(classes.size() > 50, "only " + classes.size() + " classes were seen: the scan is broken");
        assertEquals(List.of(), found, "use java.util.concurrent.locks instead of synchronized");
    }

    @Test
    void theScanSeesBothKinds() {
        List<String> found = new ArrayList<>();
        new ClassFileImporter()
                .importClasses(java.util.Vector.class, java.io.BufferedReader.class)
                .forEach(type -> scan(type, found));
        assertTrue(found.stream().anyMatch(hit -> hit.startsWith("java.util.Vector.addElement")), () -> "saw " + found);
        assertTrue(found.stream().anyMatch(hit -> hit.endsWith("enters a monitor")), () -> "saw " + found);
    }

    private static void scan(JavaClass type, List<String> found) {
        String resource = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = MonitorsTest.class.getClassLoader();
        try (InputStream bytes = loader.getResourceAsStream(resource)) {
            new ClassReader(bytes).accept(new MonitorFinder(type.getName(), found), ClassReader.SKIP_DEBUG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static final class MonitorFinder extends ClassVisitor {
        private final String type;
        private final List<String> found;

        MonitorFinder(String type, List<String> found) {
            super(Opcodes.ASM9);
            this.type = type;
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                found.add(type + "." + name + " is synchronized");
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        found.add(type + "." + name + " enters a monitor");
                    }
                }
            };
        }
    }
}
