package dev.notecast.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {
    private static final Scope READ = new Scope.Read(new PathName("live"));
    private static final Scope PUBLISH = new Scope.Publish(new PathName("live"));
    private static final ServerConfig LOCAL = ServerConfig.DEFAULT;
    private static final String LONGEST =
            String.join("/", "a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void namesOfThisMachineAreTrustedInEverySpelling() {
        AccessPolicy policy = policy(LOCAL);
        for (String host : List.of(
                "localhost",
                "LOCALHOST:8889",
                "127.0.0.1:8889",
                "127.1.2.3",
                "[::1]:8889",
                "localhost.",
                "127.0.0.2.")) {
            assertInstanceOf(Decision.Allowed.class, policy.decide(from("127.0.0.1", host), READ), host);
        }
        for (String host :
                List.of("", "localhost.evil", "127.0.0.1.evil", "evil", "[::1].evil", "a b", "x@localhost")) {
            assertInstanceOf(Decision.WrongHost.class, policy.decide(from("127.0.0.1", host), READ), host);
        }
    }

    @Test
    void aNameThatWasAllowedIsOurs() {
        AccessPolicy policy = policy(LOCAL.withAllowedHosts(List.of("Studio.example")));
        assertInstanceOf(Decision.Allowed.class, policy.decide(from("127.0.0.1", "studio.example:8889"), READ));
    }

    @Test
    void anotherMachineNeedsAToken() {
        AccessPolicy policy = policy(LOCAL);
        assertInstanceOf(Decision.Unauthorized.class, policy.decide(from("192.168.1.9", "192.168.1.5:8889"), READ));
        assertInstanceOf(
                Decision.Allowed.class,
                policy.decide(with(policy.serverToken().orElseThrow(), "192.168.1.9", "192.168.1.5:8889"), READ));
    }

    @Test
    void listeningToTheNetworkMeansThatEverybodyNeedsAToken() {
        AccessPolicy policy = policy(LOCAL.withHost("0.0.0.0"));
        assertInstanceOf(Decision.Unauthorized.class, policy.decide(from("127.0.0.1", "localhost:8889"), READ));
    }

    @Test
    void withoutAServerTokenEveryoneElseIsForbidden() {
        AccessPolicy policy = policy(LOCAL.withToken(new TokenMode.None()));
        assertInstanceOf(Decision.Allowed.class, policy.decide(from("127.0.0.1", "localhost"), READ));
        assertInstanceOf(Decision.Forbidden.class, policy.decide(from("192.168.1.9", "192.168.1.5"), READ));
        assertInstanceOf(Decision.Forbidden.class, policy.decide(with("guess", "127.0.0.1", "localhost"), READ));
        String widget = policy.issue(READ, Duration.ofMinutes(1));
        assertInstanceOf(Decision.Allowed.class, policy.decide(with(widget, "127.0.0.1", "localhost"), READ));
    }

    @Test
    void aScopedTokenEndsWhenItSays() {
        AccessPolicy policy = policy(LOCAL);
        String token = policy.issue(READ, Duration.ofMinutes(10));
        AccessRequest request = with(token, "10.0.0.1", "10.0.0.2");
        assertInstanceOf(Decision.Allowed.class, policy.decide(request, READ));
        assertInstanceOf(Decision.Forbidden.class, policy.decide(request, PUBLISH));
        now = now.plus(Duration.ofMinutes(10));
        assertInstanceOf(Decision.Unauthorized.class, policy.decide(request, READ));
    }

    @Test
    void noTokenLivesLongerThanADay() {
        AccessPolicy policy = policy(LOCAL);
        String token = policy.issue(READ, Duration.ofDays(400));
        now = now.plus(AccessPolicy.MAX_TTL);
        assertInstanceOf(Decision.Unauthorized.class, policy.decide(with(token, "10.0.0.1", "10.0.0.2"), READ));
    }

    @Test
    void aTokenOfAnotherStartOrChangedAnywhereIsRefused() {
        AccessPolicy policy = policy(LOCAL);
        String foreign = policy(LOCAL).issue(READ, Duration.ofMinutes(1));
        ScopedTokens tokens = new ScopedTokens();
        assertTrue(tokens.verify(foreign).isEmpty());
        assertInstanceOf(Decision.Unauthorized.class, policy.decide(with(foreign, "10.0.0.1", "10.0.0.2"), READ));
        String own = tokens.issue(new Scope.Publish(new PathName(LONGEST)), now);
        assertTrue(tokens.verify(own).isPresent(), "the longest path fits");
        for (int length = 0; length < own.length(); length++) {
            assertTrue(tokens.verify(own.substring(0, length)).isEmpty(), "cut at " + length);
        }
        for (int i = 0; i < own.indexOf('.'); i++) {
            String changed = own.substring(0, i) + (own.charAt(i) == 'A' ? 'B' : 'A') + own.substring(i + 1);
            assertTrue(tokens.verify(changed).isEmpty(), "changed at " + i);
        }
    }

    @Test
    void wrongTokensAreLimitedByAddressAndForgottenWithTime() {
        AccessPolicy policy = policy(LOCAL);
        for (int i = 0; i < FailureLimiter.MAX_FAILURES; i++) {
            assertInstanceOf(Decision.Unauthorized.class, policy.decide(with("guess", "10.0.0.1", "10.0.0.2"), READ));
        }
        assertInstanceOf(Decision.TooManyFailures.class, policy.decide(with("guess", "10.0.0.1", "10.0.0.2"), READ));
        assertInstanceOf(Decision.Unauthorized.class, policy.decide(with("guess", "10.0.0.9", "10.0.0.2"), READ));
        now = now.plus(FailureLimiter.LEAK);
        assertInstanceOf(Decision.Unauthorized.class, policy.decide(with("guess", "10.0.0.1", "10.0.0.2"), READ));
    }

    @Test
    void aRightTokenPassesHoweverManyWrongOnesCameFromItsAddress() {
        AccessPolicy policy = policy(LOCAL);
        for (int i = 0; i < 10 * FailureLimiter.MAX_FAILURES; i++) {
            policy.decide(with("guess", "10.0.0.1", "10.0.0.2"), READ);
        }
        assertInstanceOf(Decision.TooManyFailures.class, policy.decide(with("guess", "10.0.0.1", "10.0.0.2"), READ));
        for (String right : List.of(policy.serverToken().orElseThrow(), policy.issue(READ, Duration.ofMinutes(1)))) {
            assertInstanceOf(Decision.Allowed.class, policy.decide(with(right, "10.0.0.1", "10.0.0.2"), READ));
        }
        assertInstanceOf(Decision.TooManyFailures.class, policy.decide(with("guess", "10.0.0.1", "10.0.0.2"), READ));
    }

    @Test
    void theTableOfFailuresIsBounded() throws UnknownHostException {
        FailureLimiter limiter = new FailureLimiter();
        for (int i = 0; i < 10_000; i++) {
            limiter.failed(
                    FailureLimiter.key(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}), false),
                    i);
        }
        assertEquals(4096, limiter.size());
    }

    @Test
    void aSecretIsNeverPrinted() {
        assertFalse(LOCAL.withToken(new TokenMode.Secret("correct-horse"))
                .toString()
                .contains("horse"));
        assertFalse(with("correct-horse", "10.0.0.1", "x").toString().contains("horse"));
    }

    private AccessPolicy policy(ServerConfig config) {
        return new AccessPolicy(config, () -> now);
    }

    @Test
    void whatComesThroughATunnelIsNeverLocal() {
        AccessPolicy policy = policy(LOCAL);
        policy.publicHosts().put("ssh", "cam.example");
        for (String host : List.of("cam.example", "localhost:8889", "127.0.0.1", "[::1]")) {
            AccessRequest stranger = through("ssh", host, Optional.empty());
            assertInstanceOf(Decision.Unauthorized.class, policy.decide(stranger, READ), host);
            AccessRequest guest = through("ssh", host, Optional.of(policy.issue(READ, Duration.ofMinutes(1))));
            assertInstanceOf(Decision.Allowed.class, policy.decide(guest, READ), host);
        }
    }

    @Test
    void aTunnelsNameIsKnownWhileItIsUpAndOnlyToItsOwnRequests() {
        AccessPolicy policy = policy(LOCAL);
        AccessRequest page = through("ssh", "Cam.Example", Optional.empty());
        assertInstanceOf(Decision.WrongHost.class, policy.decideStatic(page));
        policy.publicHosts().put("ssh", "cam.example");
        assertInstanceOf(Decision.Allowed.class, policy.decideStatic(page));
        assertInstanceOf(Decision.WrongHost.class, policy.decideStatic(from("127.0.0.1", "cam.example")));
        assertInstanceOf(
                Decision.WrongHost.class, policy.decideStatic(through("ngrok", "cam.example", Optional.empty())));
        policy.publicHosts().put("ssh", "other.example");
        assertInstanceOf(Decision.WrongHost.class, policy.decideStatic(page));
        policy.publicHosts().remove("ssh");
        assertInstanceOf(
                Decision.WrongHost.class, policy.decideStatic(through("ssh", "other.example", Optional.empty())));
    }

    @Test
    void wrongTokensThroughATunnelDoNotCountForProgramsOnThisMachine() {
        AccessPolicy policy = policy(LOCAL);
        for (int i = 0; i < 2 * FailureLimiter.MAX_FAILURES; i++) {
            policy.decide(through("ssh", "localhost", Optional.of("a wrong token " + i)), READ);
        }
        assertInstanceOf(
                Decision.Unauthorized.class, policy.decide(with("another wrong one", "127.0.0.1", "localhost"), READ));
    }

    private static AccessRequest from(String remote, String host) {
        return request(remote, Optional.empty(), host, Optional.empty());
    }

    private static AccessRequest with(String token, String remote, String host) {
        return request(remote, Optional.empty(), host, Optional.of(token));
    }

    private static AccessRequest through(String tunnel, String host, Optional<String> token) {
        return request("127.0.0.1", Optional.of(tunnel), host, token);
    }

    private static AccessRequest request(String remote, Optional<String> tunnel, String host, Optional<String> token) {
        try {
            return new AccessRequest(
                    InetAddress.getByName(remote),
                    false,
                    tunnel,
                    Optional.of(host),
                    Optional.empty(),
                    Optional.empty(),
                    token);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
