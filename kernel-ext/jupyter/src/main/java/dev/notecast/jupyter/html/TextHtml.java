package dev.notecast.jupyter.html;

/** One sentence in a cell. */
public final class TextHtml {
    private TextHtml() {}

    public static String line(String text) {
        return "<div style=\"padding:2px 0\">" + Html.escape(text) + "</div>";
    }
}
