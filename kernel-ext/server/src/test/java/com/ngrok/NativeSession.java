package com.ngrok;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** In the place of ngrok's native library, which the API looks up by this name: says what it was asked for. */
public final class NativeSession implements Session {
    /** What it does next: an address, or a failure's text. */
    public static volatile String next = "";

    public static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static volatile CountDownLatch end = new CountDownLatch(1);

    private NativeSession() {}

    /** The API calls this. */
    public static Session connect(Session.Builder builder) throws IOException {
        ASKED.add("token " + builder.getAuthtoken().length());
        if (next.startsWith("ERR")) {
            throw new NgrokException(next, "failed with " + builder.getAuthtoken() + "\n\n" + next);
        }
        if (next.startsWith("runtime")) {
            throw new IllegalStateException("the runtime has " + next);
        }
        if (next.startsWith("missing")) {
            throw new UnsatisfiedLinkError("no ngrok_java in java.library.path");
        }
        end = new CountDownLatch(1);
        return new NativeSession();
    }

    /** The service ends the tunnel. */
    public static void endAll() {
        end.countDown();
    }

    private record Endpoint(String getId, String getUrl, String getProto) implements Forwarder.Endpoint {
        @Override
        public String getMetadata() {
            return "";
        }

        @Override
        public String getForwardsTo() {
            return "";
        }

        @Override
        public void join() {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            end.countDown();
        }
    }

    @Override
    public Forwarder.Endpoint forwardHttp(HttpBuilder builder, URL to) {
        ASKED.add("http " + to + " " + builder.getDomain().orElse("-"));
        return new Endpoint("1", "https://" + builder.getDomain().orElse("given.ngrok.example"), "https");
    }

    @Override
    public Forwarder.Endpoint forwardTcp(TcpBuilder builder, URL to) throws IOException {
        ASKED.add("tcp " + to);
        if (next.equals("no card")) {
            throw new NgrokException("ERR_NGROK_8013", "no card");
        }
        return new Endpoint("2", "tcp://5.tcp.ngrok.example:12345", "tcp");
    }

    @Override
    public void close() {
        ASKED.add("close");
        end.countDown();
    }

    @Override
    public String getId() {
        return "session";
    }

    @Override
    public String getMetadata() {
        return "";
    }

    @Override
    public Listener.Endpoint listenTcp(TcpBuilder builder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listener.Endpoint listenTls(TlsBuilder builder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Forwarder.Endpoint forwardTls(TlsBuilder builder, URL to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listener.Endpoint listenHttp(HttpBuilder builder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listener.Edge listenEdge(EdgeBuilder builder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Forwarder.Edge forwardEdge(EdgeBuilder builder, URL to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void closeListener(String id) {}

    @Override
    public void closeForwarder(String id) {}
}
