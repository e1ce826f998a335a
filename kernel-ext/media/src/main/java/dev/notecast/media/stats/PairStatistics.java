package dev.notecast.media.stats;

import java.time.Duration;
import java.util.Optional;

/**
 * The way that a session's media goes (RFC 8445 §8).
 *
 * @param protocol {@code udp} or {@code tcp}
 * @param local our side, {@code address:port}
 * @param localType {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param remote the peer's side, {@code address:port}
 * @param remoteType as {@code localType}
 * @param roundTrip of the last answered check
 * @param reason why this pair, in words: {@code nominated by the peer}, {@code UDP failed}
 */
public record PairStatistics(
        String protocol,
        String local,
        String localType,
        String remote,
        String remoteType,
        Optional<Duration> roundTrip,
        String reason) {}
