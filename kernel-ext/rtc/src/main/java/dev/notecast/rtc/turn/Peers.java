package dev.notecast.rtc.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Whom an allocation lets in and which channels it has: what is wanted, what stands, what has to be asked for. */
final class Peers {
    private static final int MAX_PERMISSIONS = 2048; // every session's peers, whatever way they take in the end
    private static final long REFRESH_NANOS = Duration.ofMinutes(4).toNanos(); // permissions stand for five
    private static final long CHANNEL_NANOS = Duration.ofMinutes(10).toNanos(); // RFC 8656 §12
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<InetAddress, Permission> permissions = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Channel> channels = new HashMap<>();
    private final List<Channel> byNumber = new ArrayList<>(); // from 0x4000; a number stays with its peer (§12)
    private int wantedChannels;

    boolean permit(InetAddress address, long nowNanos) {
        Permission known = permissions.get(address);
        if (known != null) {
            known.users++;
            return true;
        }
        if (permissions.size() >= MAX_PERMISSIONS) {
            return false;
        }
        permissions.put(address, new Permission(nowNanos));
        return true;
    }

    void forget(InetAddress address) {
        Permission known = permissions.get(address);
        if (known != null && --known.users <= 0) {
            permissions.remove(address);
        }
    }

    boolean isPermitted(InetAddress address) {
        return permissions.containsKey(address);
    }

    boolean bind(InetSocketAddress peer, int maxPeers, long nowNanos) {
        Channel known = channels.get(peer);
        if (known != null && known.wanted) {
            return true;
        }
        if (wantedChannels >= maxPeers) {
            return false;
        }
        if (known == null) {
            if (byNumber.size() > ChannelData.MAX_CHANNEL - ChannelData.MIN_CHANNEL) {
                return false;
            }
            known = new Channel(ChannelData.MIN_CHANNEL + byNumber.size(), peer, nowNanos);
            byNumber.add(known);
            channels.put(peer, known);
        }
        known.wanted = true;
        known.refreshAtNanos = nowNanos;
        wantedChannels++;
        return true;
    }

    void unbind(InetSocketAddress peer) {
        Channel known = channels.get(peer);
        if (known != null && known.wanted) {
            known.wanted = false;
            wantedChannels--;
        }
    }

    int wantedChannels() {
        return wantedChannels;
    }

    /** Channel numbers that were given out; they do not come back. */
    int usedNumbers() {
        return byNumber.size();
    }

    /** The number of a peer's channel, 0 when none stands. */
    int channelTo(InetSocketAddress peer, long nowNanos) {
        Channel known = channels.get(peer);
        return known != null && known.standsUntilNanos != 0 && nowNanos - known.standsUntilNanos < 0 ? known.number : 0;
    }

    /** Null when the number stands for nobody. */
    InetSocketAddress peerOf(int number) {
        int index = number - ChannelData.MIN_CHANNEL;
        return index < 0 || index >= byNumber.size() ? null : byNumber.get(index).peer;
    }

    /** Hands over what has to be asked for now. */
    void due(long nowNanos, Consumer<Purpose> ask) {
        permissions.forEach((address, permission) -> {
            if (!permission.asked && nowNanos - permission.refreshAtNanos >= 0) {
                permission.asked = true;
                ask.accept(new Purpose.Permit(address));
            }
        });
        for (Channel channel : byNumber) {
            if (channel.wanted && !channel.asked && nowNanos - channel.refreshAtNanos >= 0) {
                channel.asked = true;
                ask.accept(new Purpose.Bind(channel));
            }
        }
    }

    /** @return the earlier of {@code next} and when something is due here */
    long nextDueNanos(long next) {
        long earliest = next;
        for (Permission permission : permissions.values()) {
            if (!permission.asked && permission.refreshAtNanos - earliest < 0) {
                earliest = permission.refreshAtNanos;
            }
        }
        for (Channel channel : byNumber) {
            if (channel.wanted && !channel.asked && channel.refreshAtNanos - earliest < 0) {
                earliest = channel.refreshAtNanos;
            }
        }
        return earliest;
    }

    void permitted(InetAddress address, long nowNanos) {
        asked(address, nowNanos + REFRESH_NANOS);
    }

    /** The server says no, which its policy will say again; asked anew when the time of a refresh comes. */
    void denied(InetAddress address, long nowNanos) {
        asked(address, nowNanos + REFRESH_NANOS);
    }

    void unanswered(InetAddress address, long nowNanos) {
        asked(address, nowNanos + RETRY_NANOS);
    }

    private void asked(InetAddress address, long refreshAtNanos) {
        Permission permission = permissions.get(address);
        if (permission != null) {
            permission.asked = false;
            permission.refreshAtNanos = refreshAtNanos;
        }
    }

    void bound(Channel channel, long nowNanos) {
        channel.asked = false;
        channel.standsUntilNanos = nowNanos + CHANNEL_NANOS;
        channel.refreshAtNanos = nowNanos + REFRESH_NANOS; // with it goes the permission
    }

    void notBound(Channel channel, boolean answered, long nowNanos) {
        channel.asked = false;
        channel.refreshAtNanos = nowNanos + (answered ? REFRESH_NANOS : RETRY_NANOS);
    }
}
