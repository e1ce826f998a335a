package dev.notecast.server.tunnel.ssh;

import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelEvents;
import dev.notecast.server.tunnel.TunnelException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.StaticDecisionForwardingFilter;
import org.apache.sshd.server.forward.TcpForwardingFilter;

/** One connection to an SSH server. Used by one thread, closed by any. */
final class SshSession implements TunnelConnection {
    private static final Duration DEADLINE = Duration.ofSeconds(15); // of each step
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 2; // then it is gone
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(3);

    private final SshOptions options;
    private final TunnelEvents events;
    private final SshClient client = SshClient.setUpDefaultClient();
    private final CompletableFuture<URI> printed = new CompletableFuture<>();
    private volatile String refusedKey; // why
    private ClientSession session;

    private SshSession(SshOptions options, TunnelEvents events) {
        this.options = options;
        this.events = events;
    }

    /** Connects and logs in. */
    static SshSession open(SshOptions options, TunnelEvents events) throws TunnelException {
        SshSession opened = new SshSession(options, events);
        try {
            KnownHosts known = KnownHosts.read(options.knownHosts(), options.target());
            Identities identities = Identities.load(options.folder(), options.identity());
            opened.prepare(known, identities);
            opened.connect();
            opened.logIn(identities);
            return opened;
        } catch (TunnelException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void prepare(KnownHosts known, Identities identities) {
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setServerKeyVerifier((to, address, key) -> accepts(known, key));
        client.setSignatureFactories(preferred(client.getSignatureFactories(), known.keyTypes()));
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(identities.keys()));
        client.setForwardingFilter(new StaticDecisionForwardingFilter(false) {
            @Override
            public boolean canConnect(TcpForwardingFilter.Type type, SshdSocketAddress address, Session from) {
                return type == TcpForwardingFilter.Type.Forwarded; // to the ports that were asked for, and no others
            }
        });
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MISSED_HEARTBEATS);
        client.start();
    }

    private boolean accepts(KnownHosts known, PublicKey key) {
        refusedKey = known.refusal(key).orElse(null);
        return refusedKey == null;
    }

    /** Types of which a key is known come first: a server has keys of several types, and any other would look changed. */
    private static List<NamedFactory<Signature>> preferred(List<NamedFactory<Signature>> all, Set<String> known) {
        List<NamedFactory<Signature>> sorted = new ArrayList<>(all.stream()
                .filter(factory -> !factory.getName().contains("-cert-"))
                .toList());
        sorted.sort(Comparator.comparing(factory -> !known.contains(keyType(factory.getName()))));
        return sorted;
    }

    private static String keyType(String algorithm) {
        return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
    }

    private void connect() throws TunnelException {
        SshTarget target = options.target();
        try {
            session = client.connect(target.user(), target.host(), target.port())
                    .verify(DEADLINE)
                    .getSession();
        } catch (IOException | RuntimeException e) {
            throw TunnelException.passing("cannot connect to " + target + " by SSH (" + words(e)
                    + "): is the name right, does it run, and does this network let SSH out?");
        }
    }

    private void logIn(Identities identities) throws TunnelException {
        SshTarget target = options.target();
        try {
            session.auth().verify(DEADLINE);
        } catch (IOException | RuntimeException e) {
            if (refusedKey != null) {
                throw TunnelException.lasting(refusedKey);
            }
            if (e instanceof SshException ssh && isRefusal(ssh)) {
                String tried = identities.tried().isEmpty()
                        ? "without a key: there is none in " + options.folder()
                        : "with " + String.join(", ", identities.tried());
                throw TunnelException.lasting(target + " does not let " + target.user() + " in " + tried
                        + ". Add the public key to ~/.ssh/authorized_keys there, or name another by --identity");
            }
            throw TunnelException.passing(target + " ended the connection before the login (" + words(e) + ")");
        }
    }

    private static boolean isRefusal(SshException e) {
        return e.getDisconnectCode() == 14 // RFC 4253 §11.1: no more authentication methods
                || String.valueOf(e.getMessage()).contains("No more authentication methods");
    }

    private static String words(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "no such host";
            }
            if (cause instanceof ConnectException) {
                return "connection refused";
            }
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /** Returns where the server listens. */
    int forward(int remotePort, int localPort) throws TunnelException {
        try {
            return session.startRemotePortForwarding(
                            new SshdSocketAddress("", remotePort), new SshdSocketAddress("127.0.0.1", localPort))
                    .getPort();
        } catch (IOException | RuntimeException e) {
            throw TunnelException.passing(options.target() + " does not forward "
                    + (remotePort == 0 ? "a port" : "port " + remotePort)
                    + ": it is taken there (--remote-port names another), or its sshd_config forbids it"
                    + " (AllowTcpForwarding, PermitListen)");
        }
    }

    /** Where an own server is reached. */
    URI address(int port) {
        String host = options.target().host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
    }

    /** Waits for the address that a service prints in a shell; it may print another one later. */
    void readAddress() throws TunnelException, InterruptedException {
        Banner banner = new Banner(url -> {
            events.url(url);
            printed.complete(url);
        });
        try {
            ChannelShell shell = session.createShellChannel();
            shell.setOut(banner);
            shell.setErr(banner);
            shell.open().verify(DEADLINE);
            printed.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | IOException | ExecutionException e) {
            throw TunnelException.passing(
                    options.target() + " has not said an address: its service may have changed or be"
                            + " full; give --public-url if you know it");
        }
    }

    /** From now on its end is told. */
    void watch() {
        session.addCloseFutureListener(closed ->
                events.ended(TunnelException.passing("the SSH connection to " + options.target() + " was lost")));
    }

    @Override
    public void close() {
        try {
            client.close(false).await(CLOSE_DEADLINE);
        } catch (IOException e) {
            // stopped below
        }
        client.stop();
    }
}
