package dev.notecast.jupyter.html;

import dev.notecast.magics.output.Link;
import dev.notecast.magics.output.Output.Links;
import java.util.stream.Collectors;

/** Addresses as HTML and as text. */
public final class LinksHtml {
    private static final String CELL = "padding:3px 14px 3px 0;text-align:left";

    private LinksHtml() {}

    public static String html(Links links) {
        return "<div style=\"font-weight:600;padding:4px 0\">" + Html.escape(links.title()) + "</div>"
                + "<table style=\"border-collapse:collapse\"><tbody>"
                + links.links().stream().map(LinksHtml::row).collect(Collectors.joining())
                + "</tbody></table>";
    }

    private static String row(Link link) {
        String url = Html.escape(link.url().toString());
        String shown = link.opens()
                ? "<a href=\"" + url + "\" target=\"_blank\" rel=\"noopener noreferrer\">" + url + "</a>"
                : "<code>" + url + "</code>";
        return "<tr style=\"background:none\"><td style=\"" + CELL + ";opacity:.8\">" + Html.escape(link.what())
                + "</td><td style=\"" + CELL + "\">" + shown + "</td></tr>";
    }

    public static String plain(Links links) {
        int width = links.links().stream()
                .mapToInt(link -> link.what().length())
                .max()
                .orElse(0);
        return links.title() + "\n"
                + links.links().stream()
                        .map(link ->
                                link.what() + " ".repeat(width - link.what().length() + 2) + link.url())
                        .collect(Collectors.joining("\n"));
    }
}
