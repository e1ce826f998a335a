package dev.notecast.jupyter.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleBundleTest {
    @Test
    void joinsFilesThatUseTheSameNames() {
        String bundle = bundle(Map.of(
                "/a/main.js",
                "import { two } from './two.js';\nimport { three } from '/b/three.js';\nexport default { two, three };",
                "/a/two.js",
                "import { three } from '/b/three.js';\nconst n = 2;\nexport const two = n;",
                "/b/three.js",
                "const n = 3;\nexport function three() {\n  return n;\n}"));
        assertEquals(
                """
                // /b/three.js
                const _b_three_js = (() => {
                const n = 3;
                function three() {
                  return n;
                }
                return { three };
                })();
                // /a/two.js
                const _a_two_js = (() => {
                const { three } = _b_three_js;
                const n = 2;
                const two = n;
                return { two };
                })();
                const { two } = _a_two_js;
                const { three } = _b_three_js;
                export default { two, three };
                """,
                bundle);
    }

    @Test
    void passesOnWhatAFileExportsOfAnother() {
        String bundle = bundle(Map.of(
                "/a/main.js", "import { one } from './two.js';",
                "/a/two.js", "export { one } from './one.js';",
                "/a/one.js", "export class one {}"));
        assertTrue(bundle.contains("const { one } = _a_one_js;\nreturn { one };"), bundle);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import one from './one.js';",
                "import * as one from './one.js';",
                "import { one as two } from './one.js';",
                "import {",
                "import './one.js';",
                "const one = await import('./one.js');",
                "const url = new URL('./one.js', import.meta.url);",
                "  export const two = 2;",
                "export let two = 2;",
                "export { two };",
                "export * from './one.js';",
                "import { three } from './one.js';",
                "import { main } from './main.js';",
            })
    void refusesAFileOfAnotherShape(String line) {
        Map<String, String> files = Map.of("/a/main.js", line, "/a/one.js", "export const one = 1;");
        assertThrows(IllegalArgumentException.class, () -> bundle(files));
    }

    @Test
    void theWidgetIsOneModuleWithThePagesPlayer() {
        assertTrue(WidgetCode.MODULE.contains("const _web_assets_session_js = (() => {"), "the pages' session");
        assertEquals(
                1,
                WidgetCode.MODULE
                        .lines()
                        .filter(line -> line.startsWith("export "))
                        .count(),
                "what anywidget takes is all that it exports");
        assertFalse(WidgetCode.MODULE.lines().anyMatch(line -> line.startsWith("import ")), "it loads nothing");
    }

    private static String bundle(Map<String, String> files) {
        return new ModuleBundle(files::get).bundle("/a/main.js");
    }
}
