package dev.notecast.server;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The server at a glance.
 *
 * @param tcpPort of WebRTC over TCP, empty when it is off
 * @param cpuPercent of this JVM over the last seconds, 100 for one busy core
 * @param sessions WebRTC sessions, publishers included
 * @param streams paths with a publisher
 * @param viewers readers of all paths
 * @param refusedRequests requests refused for want of a right or a token since the start
 */
public record ServerStatus(
        URI baseUrl,
        int udpPort,
        OptionalInt tcpPort,
        Duration uptime,
        double cpuPercent,
        int sessions,
        int streams,
        int viewers,
        long refusedRequests) {}
