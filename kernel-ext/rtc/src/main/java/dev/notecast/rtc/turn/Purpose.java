package dev.notecast.rtc.turn;

import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.ChannelNumber;
import dev.notecast.rtc.stun.StunAttribute.Lifetime;
import dev.notecast.rtc.stun.StunAttribute.RequestedAddressFamily;
import dev.notecast.rtc.stun.StunAttribute.RequestedTransport;
import dev.notecast.rtc.stun.StunAttribute.XorPeerAddress;
import dev.notecast.rtc.stun.StunMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** What a request asks the server for. */
sealed interface Purpose {
    /** The method of the STUN message. */
    int method();

    /** Its attributes, without those that authenticate it. */
    List<StunAttribute> attributes();

    /** @param ipv6 whether the relayed address is to be an IPv6 one */
    record Allocate(boolean ipv6) implements Purpose {
        @Override
        public int method() {
            return StunMessage.ALLOCATE;
        }

        @Override
        public List<StunAttribute> attributes() {
            var transport = new RequestedTransport(RequestedTransport.UDP);
            return ipv6 ? List.of(transport, new RequestedAddressFamily(true)) : List.of(transport);
        }
    }

    record Refresh() implements Purpose {
        @Override
        public int method() {
            return StunMessage.REFRESH;
        }

        @Override
        public List<StunAttribute> attributes() {
            return List.of(new Lifetime(AllocationLifetime.DEFAULT_SECONDS));
        }
    }

    record Permit(InetAddress address) implements Purpose {
        @Override
        public int method() {
            return StunMessage.CREATE_PERMISSION;
        }

        @Override
        public List<StunAttribute> attributes() {
            return List.of(new XorPeerAddress(new InetSocketAddress(address, 0)));
        }
    }

    record Bind(Channel channel) implements Purpose {
        @Override
        public int method() {
            return StunMessage.CHANNEL_BIND;
        }

        @Override
        public List<StunAttribute> attributes() {
            return List.of(new ChannelNumber(channel.number), new XorPeerAddress(channel.peer));
        }
    }
}
