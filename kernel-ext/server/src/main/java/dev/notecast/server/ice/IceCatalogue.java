package dev.notecast.server.ice;

import dev.notecast.media.relay.IcePolicy;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.IceServers;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TrialResult;
import dev.notecast.media.relay.TurnServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The STUN and TURN servers in use: where each came from, and new credentials before the old ones end. The one who tells
 * {@link IceServers} what to gather from. Any thread.
 */
public final class IceCatalogue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IceCatalogue.class);
    private static final long LOOK_SECONDS = 5;

    private final IceServers servers;
    private final InstantSource clock;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notecast-ice-renewal").factory());
    private final ReentrantLock lock = new ReentrantLock(); // of changes
    private boolean renewing;
    private volatile List<IceGroup> groups = List.of();

    /** @param defaults STUN URIs to begin with */
    public IceCatalogue(IceServers servers, List<String> defaults, InstantSource clock) {
        this.servers = servers;
        this.clock = clock;
        change(defaults.stream()
                .map(uri ->
                        IceGroup.lasting(new IceOrigin.Default(), List.of(IceServer.parse(uri, "", "", Instant.MAX))))
                .toList());
    }

    /** All servers, in the order they came. */
    public List<IceEntry> list() {
        List<IceGroup> now = groups;
        return servers.status().stream()
                .flatMap(status -> now.stream()
                        .filter(group -> group.servers().contains(status.server()))
                        .limit(1)
                        .map(group -> new IceEntry(group.origin(), status)))
                .toList();
    }

    /** What goes wrong with the renewal of credentials: one line each. */
    public List<String> problems() {
        return groups.stream()
                .map(IceGroup::problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    /**
     * Uses a server from now on; one with the same URI is replaced.
     *
     * @throws IceException when there are too many
     */
    public void add(IceServer server) {
        add(IceGroup.lasting(new IceOrigin.Added(), List.of(server)));
    }

    /**
     * Uses servers whose credentials are renewed, instead of those that came from there before. May block for some
     * seconds.
     *
     * @return what it gave; servers that are in use already stay where they came from first
     * @throws IceException when there are none, or too many
     */
    public Credentials add(CredentialSource source) {
        Instant now = clock.instant();
        Credentials given = source.credentials(now);
        add(IceGroup.renewed(source, given.servers(), now));
        return given;
    }

    private void add(IceGroup added) {
        lock.lock();
        try {
            List<IceGroup> next = new ArrayList<>();
            IceGroup wanted = added;
            for (IceGroup group : groups) {
                IceGroup kept = group;
                for (IceServer server : added.servers()) {
                    if (server instanceof StunServer && group.servers().contains(server)) {
                        wanted = wanted.without(server.uri()); // stays where it came from first
                    } else {
                        kept = kept.without(server.uri());
                    }
                }
                if (!(group.origin() instanceof IceOrigin.Provider)
                        || !group.origin().equals(added.origin())) {
                    next.add(kept);
                }
            }
            next.add(wanted);
            change(next);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does without a server, or all of a provider.
     *
     * @param what a URI or a provider's name
     * @throws IceException when there is none
     */
    public void remove(String what) {
        lock.lock();
        try {
            List<IceGroup> before = groups;
            List<IceGroup> others = before.stream()
                    .filter(group -> !group.origin().equals(new IceOrigin.Provider(what)))
                    .toList();
            if (others.size() == before.size()) {
                String uri = find(what).uri();
                others = before.stream().map(group -> group.without(uri)).toList();
            }
            change(others);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The server of the list that has this URI, whichever way it is written.
     *
     * @throws IceException when there is none
     */
    public IceServer find(String uri) {
        List<IceServer> all = all();
        String wanted = normal(uri);
        return all.stream()
                .filter(server -> server.uri().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IceException("'" + uri + "' is not in use: there is "
                        + (all.isEmpty()
                                ? "none"
                                : String.join(
                                        ", ", all.stream().map(IceServer::uri).toList()))));
    }

    private static String normal(String uri) {
        try {
            return IceServer.parse(uri, "", "", Instant.MAX).uri();
        } catch (IllegalArgumentException e) {
            return uri; // the list says what there is
        }
    }

    private List<IceServer> all() {
        return groups.stream().flatMap(group -> group.servers().stream()).toList();
    }

    /** Tries one from end to end, see {@link IceServers#test}. Blocks. */
    public TrialResult test(IceServer server) {
        return servers.test(server);
    }

    /** Checks certificates of TURN servers by this from now on, instead of the JVM's authorities. */
    public void trust(SSLContext context) {
        servers.trust(context);
    }

    /** Which ways new sessions may take. */
    public IcePolicy policy() {
        return servers.policy();
    }

    public void policy(IcePolicy value) {
        servers.policy(value);
    }

    /**
     * What a browser is told to use.
     *
     * @param audience decides about the credentials
     */
    public List<IceServer> servers(IceAudience audience) {
        Instant now = clock.instant();
        return groups.stream()
                .flatMap(group -> group.servers().stream().filter(server -> isFor(audience, group, server, now)))
                .toList();
    }

    private static boolean isFor(IceAudience audience, IceGroup group, IceServer server, Instant now) {
        if (server.port() == 53) {
            return false; // browsers refuse it
        }
        return switch (server) {
            case StunServer ignored -> true;
            case TurnServer turn ->
                turn.expiry().isAfter(now)
                        && switch (audience) {
                            case ANYBODY -> false;
                            case GUEST -> group.source().isPresent(); // made to be given away, or ends by itself
                            case TRUSTED -> true;
                        };
        };
    }

    /** Of the lock, once there is more than the constructor. */
    private void change(List<IceGroup> next) {
        List<IceGroup> used =
                next.stream().filter(group -> !group.servers().isEmpty()).toList();
        List<IceServer> all =
                used.stream().flatMap(group -> group.servers().stream()).toList();
        if (all.size() > IceServers.MAX_SERVERS) {
            throw new IceException("there would be " + all.size() + " STUN and TURN servers, which is more than "
                    + IceServers.MAX_SERVERS + ": '%ice remove' some first");
        }
        servers.replace(all);
        groups = used;
        if (!renewing && used.stream().anyMatch(group -> group.source().isPresent())) {
            renewing = true;
            renewals.scheduleWithFixedDelay(this::renewDue, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Renews what is due. On the renewal thread; blocks while a provider is silent. */
    void renewDue() {
        Instant now = clock.instant();
        for (IceGroup group : groups) {
            if (group.isDue(now)) {
                renew(group, now);
            }
        }
    }

    private void renew(IceGroup old, Instant now) {
        CredentialSource source = old.source().orElseThrow();
        IceGroup next;
        try {
            next = old.renewed(source.credentials(now).servers(), now);
        } catch (RuntimeException e) { // the thread has to go on, whatever a provider sends
            String problem = e instanceof IceException
                    ? e.getMessage()
                    : source.origin() + ": the credentials were not renewed, "
                            + e.getClass().getSimpleName();
            LOG.info("[ice] {}", problem);
            next = old.notRenewed(problem, clock.instant());
        }
        lock.lock();
        try {
            List<IceGroup> all = new ArrayList<>(groups);
            int place = all.indexOf(old);
            if (place >= 0) { // else somebody removed it meanwhile
                all.set(place, next);
                change(all);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the renewals; the servers stay as they are until {@link IceServers} closes. May be called twice. */
    @Override
    public void close() {
        renewals.shutdownNow();
    }
}
