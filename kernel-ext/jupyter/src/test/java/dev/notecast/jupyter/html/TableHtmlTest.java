package dev.notecast.jupyter.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.output.Output.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableHtmlTest {
    @Test
    void escapesWhatStrangersHaveTyped() {
        String html =
                TableHtml.html(new Table("<b>", List.of("A"), List.of(List.of("<script>alert('x')</script>")), "none"));
        assertFalse(html.contains("<script") || html.contains("<b>"), html);
        assertTrue(html.contains("&lt;script&gt;alert(&#39;x&#39;)"), html);
    }

    @Test
    void linesUpColumnsInText() {
        Table table = new Table(
                "T", List.of("Path", "Up"), List.of(List.of("live", "3 s"), List.of("class/cam1", "12 s")), "none");
        assertEquals("T\nPath        Up\nlive        3 s\nclass/cam1  12 s", TableHtml.plain(table));
    }

    @Test
    void saysSoWhenThereAreNoRows() {
        Table empty = new Table("Streams", List.of("Path"), List.of(), "Nothing is published.");
        assertEquals("Streams: Nothing is published.", TableHtml.plain(empty));
        assertTrue(TableHtml.html(empty).contains("Nothing is published."));
        assertFalse(TableHtml.html(empty).contains("<table"));
    }
}
