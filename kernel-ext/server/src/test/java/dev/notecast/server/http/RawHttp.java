package dev.notecast.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP over a plain socket: java.net.http does not let a test forge {@code Host} or {@code Connection}. */
final class RawHttp {
    static final int DEADLINE_MILLIS = 10_000;

    private final int port;
    private final String method;
    private final String target;
    private final List<String> headers = new ArrayList<>();
    private String host;
    private byte[] body = {};

    private RawHttp(int port, String method, String target) {
        this.port = port;
        this.method = method;
        this.target = target;
        host = "127.0.0.1:" + port;
    }

    static RawHttp request(int port, String method, String target) {
        return new RawHttp(port, method, target);
    }

    RawHttp host(String value) {
        host = value;
        return this;
    }

    RawHttp header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    RawHttp body(String type, String text) {
        return body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp body(String type, byte[] content) {
        body = content;
        return type == null ? this : header("Content-Type", type);
    }

    /** Sends it and reads the whole answer; of an endless one only the head. */
    Answer send() throws IOException {
        try (Socket socket = open()) {
            InputStream in = socket.getInputStream();
            String head = readHead(in);
            boolean endless = head.contains("multipart/x-mixed-replace");
            return new Answer(head, endless ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Sends it and leaves the answer to the caller. */
    Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(DEADLINE_MILLIS);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: ").append(host).append("\r\nConnection: close\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        try {
            socket.getOutputStream().write(body);
        } catch (SocketException e) {
            // refused before all of it was read: the answer is there all the same
        }
        return socket;
    }

    static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    record Answer(String head, String body) {
        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).trim())
                    .findFirst();
        }
    }
}
