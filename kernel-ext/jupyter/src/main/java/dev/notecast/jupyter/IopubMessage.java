package dev.notecast.jupyter;

import java.util.List;
import java.util.Map;

/**
 * A message of the Jupyter protocol to every page.
 *
 * @param type such as {@code display_data}
 * @param content made of maps, lists, strings, numbers and booleans, without null
 * @param buffers bytes that travel beside the JSON; the arrays are not copied
 */
public record IopubMessage(
        String type, Map<String, Object> content, Map<String, Object> metadata, List<byte[]> buffers) {
    public IopubMessage {
        content = Map.copyOf(content);
        metadata = Map.copyOf(metadata);
        buffers = List.copyOf(buffers);
    }

    /** What a cell prints to its standard error. */
    public static IopubMessage standardError(String text) {
        return new IopubMessage("stream", Map.of("name", "stderr", "text", text), Map.of(), List.of());
    }
}
