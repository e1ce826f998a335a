package dev.notecast.jupyter.html;

/** One sentence in a cell. */
public final class TextHtml {
    private TextHtml() {}

    public static String line(String text) {
        return "<div style=\"padding:2px 0\">" + Html.escape(text) + "</div>";
    }

    /** A sentence about something that went wrong, marked by more than a colour. */
    public static String problem(String text) {
        return "<div style=\"padding:6px 10px;border-left:4px solid #dc2626;background:rgba(220,38,38,.1)\">"
                + "<strong>&#9888;</strong> " + Html.escape(text) + "</div>";
    }
}
