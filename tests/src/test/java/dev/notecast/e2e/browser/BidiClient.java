package dev.notecast.e2e.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Commands of W3C WebDriver BiDi over a WebSocket; events are dropped. */
final class BidiClient implements AutoCloseable {
    private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    BidiClient(URI url) {
        socket = await("the WebSocket", http.newWebSocketBuilder().buildAsync(url, new Receiver()));
    }

    /** Sends a command and waits for its result; fails the test on an error. */
    JsonNode send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        ObjectNode command = json.createObjectNode();
        command.put("id", id).put("method", method).set("params", json.valueToTree(parameters));
        await(method, socket.sendText(command.toString(), true));
        JsonNode message = await(method, reply);
        if (message.path("type").asText().equals("error")) {
            throw new AssertionError(method + ": " + message.path("message").asText());
        }
        return message.required("result");
    }

    private static <T> T await(String what, CompletableFuture<T> future) {
        try {
            return future.get(COMMAND_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("WebDriver BiDi: no answer to " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                accept(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            waiting.values().forEach(reply -> reply.completeExceptionally(error));
        }

        private void accept(String message) {
            try {
                JsonNode node = json.readTree(message);
                CompletableFuture<JsonNode> reply =
                        waiting.remove(node.path("id").asInt(-1));
                if (reply != null) {
                    reply.complete(node);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
