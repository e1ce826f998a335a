package dev.notecast.server.access;

import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what. Without a token only a request of this machine's own programs and pages goes through: from loopback,
 * to a name that is ours, caused by no other site. Everything else needs the server's token or a scoped one. Any thread.
 */
public final class AccessPolicy {
    /** The longest life of a scoped token. */
    public static final Duration MAX_TTL = Duration.ofHours(24);

    /** Pages ask again with their invite before it ends, so a link that is dead is of no use soon. */
    private static final Duration INVITED_TTL = Duration.ofMinutes(30);

    private final Optional<String> serverToken;
    private final boolean tokenAlways;
    private final Set<String> ownNames = new HashSet<>();
    private final PublicHosts publicHosts = new PublicHosts();
    private final Invites invites = new Invites();
    private final ScopedTokens scopedTokens = new ScopedTokens();
    private final FailureLimiter failures = new FailureLimiter();
    private final InstantSource clock;

    public AccessPolicy(ServerConfig config, InstantSource clock) {
        serverToken = switch (config.token()) {
            case TokenMode.Auto() -> Optional.of(randomToken());
            case TokenMode.Secret(String value) -> Optional.of(value);
            case TokenMode.None() -> Optional.empty();
        };
        tokenAlways = !isLoopback(config.host());
        ownNames.add(HostName.of(config.host()).name());
        config.allowedHosts().forEach(name -> ownNames.add(HostName.of(name).name()));
        this.clock = clock;
    }

    /** Whether a server that listens on this address is reached from this machine only. */
    public static boolean isLoopback(String host) {
        return HostName.of(host).isLoopback();
    }

    /** The token that opens everything; empty with {@code --token none}. */
    public Optional<String> serverToken() {
        return serverToken;
    }

    /** @param ttl cut to {@link #MAX_TTL} */
    public String issue(Scope scope, Duration ttl) {
        Duration life = ttl.compareTo(MAX_TTL) < 0 ? ttl : MAX_TTL;
        return scopedTokens.issue(scope, clock.instant().plus(life));
    }

    /** The names under which tunnels lead here. */
    public PublicHosts publicHosts() {
        return publicHosts;
    }

    /** The secrets in links. */
    public Invites invites() {
        return invites;
    }

    /** Gives whoever has a link the token that it is good for. Wrong ones are counted as wrong tokens are. */
    public Redeemed redeem(AccessRequest request, String invite) {
        String key = request.limiterKey();
        Optional<Scope> scope = request.tunnel().flatMap(tunnel -> invites.scopeOf(tunnel, invite));
        if (scope.isPresent()) {
            return new Redeemed.Token(issue(scope.get(), INVITED_TTL), INVITED_TTL);
        }
        if (failures.isLimited(key, nowNanos())) {
            return new Redeemed.No(new Decision.TooManyFailures(FailureLimiter.LEAK));
        }
        failures.failed(key, nowNanos());
        return new Redeemed.No(new Decision.Unauthorized("this link is no longer good: ask for a new one"));
    }

    public Decision decide(AccessRequest request, Scope wanted) {
        if (request.token().isPresent()) {
            return withToken(request, request.token().get(), wanted);
        }
        Decision host = decideStatic(request);
        if (!(host instanceof Decision.Allowed)) {
            return host;
        }
        boolean trusted = !tokenAlways && request.isLocal() && isOwnHost(request) && !request.isCrossSite();
        return trusted ? new Decision.Allowed(false) : needsToken();
    }

    /**
     * Whether whoever asks may do everything, whatever narrower token the request carries: the owner's own pages have
     * some that end soon.
     */
    public boolean isOwner(AccessRequest request) {
        return decide(request, new Scope.Admin()) instanceof Decision.Allowed
                || decide(request.withoutToken(), new Scope.Admin()) instanceof Decision.Allowed;
    }

    /** For what is the same for everybody and holds nothing, such as scripts: only the name has to be ours. */
    public Decision decideStatic(AccessRequest request) {
        Optional<HostName> host = request.host().flatMap(HostName::parse);
        // an unknown address is no rebound name: it may be this machine's own on some network
        if (host.isPresent()
                && (isKnown(request, host.get()) || host.get().address().isPresent())) {
            return new Decision.Allowed(false);
        }
        String name = host.map(HostName::name).orElse("(none)");
        return new Decision.WrongHost("this server is not known as '" + name
                + "': open it by its address or start it with --allow-host NAME");
    }

    private Decision withToken(AccessRequest request, String token, Scope wanted) {
        Optional<ScopedTokens.Claim> claim = scopedTokens.verify(token);
        if (claim.isPresent()) {
            if (!claim.get().expiry().isAfter(clock.instant())) {
                return new Decision.Unauthorized("the token has expired: run the cell again or ask for a new link");
            }
            return claim.get().scope().covers(wanted)
                    ? new Decision.Allowed(true)
                    : new Decision.Forbidden("the token is for something else");
        }
        if (serverToken.isPresent() && sameText(serverToken.get(), token)) {
            return new Decision.Allowed(true); // whoever else fails at this address: behind a proxy all share one
        }
        String key = request.limiterKey();
        if (failures.isLimited(key, nowNanos())) {
            return new Decision.TooManyFailures(FailureLimiter.LEAK);
        }
        failures.failed(key, nowNanos());
        Decision host = decideStatic(request);
        return host instanceof Decision.WrongHost ? host : needsRightToken();
    }

    private boolean isKnown(AccessRequest request, HostName host) {
        return isOwn(host)
                || request.tunnel()
                        .filter(tunnel -> publicHosts.isNameOf(tunnel, host))
                        .isPresent();
    }

    private boolean isOwnHost(AccessRequest request) {
        return request.host().flatMap(HostName::parse).filter(this::isOwn).isPresent();
    }

    private boolean isOwn(HostName host) {
        return host.isLoopback() || ownNames.contains(host.name());
    }

    private Decision needsToken() {
        return serverToken.isPresent()
                ? new Decision.Unauthorized(
                        "a token is needed: send 'Authorization: Bearer <token>' or add ?token=<token>")
                : new Decision.Forbidden("only pages and programs on this machine may do this (--token none)");
    }

    private Decision needsRightToken() {
        return serverToken.isPresent()
                ? new Decision.Unauthorized("the token is wrong or of an earlier start")
                : new Decision.Forbidden("the token is not from this server, which has none of its own (--token none)");
    }

    private long nowNanos() {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    /** Compares in a time that depends on neither the place of the first difference nor the lengths. */
    private static boolean sameText(String expected, String given) {
        return MessageDigest.isEqual(digest(expected), digest(given));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String randomToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
