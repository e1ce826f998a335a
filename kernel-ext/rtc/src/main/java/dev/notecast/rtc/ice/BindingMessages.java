package dev.notecast.rtc.ice;

import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UnknownAttributes;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import dev.notecast.rtc.stun.StunAttribute.Username;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ICE's Binding requests and responses under both sides' credentials (RFC 8445 §7.1, §7.2.2). */
final class BindingMessages {
    private final IceCredentials local;
    private final byte[] localKey;
    private IceCredentials remote;
    private byte[] remoteKey;

    BindingMessages(IceCredentials local) {
        this.local = local;
        this.localKey = local.key();
    }

    String localUfrag() {
        return local.ufrag();
    }

    void setRemote(IceCredentials credentials) {
        remote = credentials;
        remoteKey = credentials.key();
    }

    boolean knowsRemote() {
        return remote != null;
    }

    /** A check for the peer, whose credentials are known. */
    byte[] check(TransactionId id, StunAttribute role, long priority, boolean nominate) {
        List<StunAttribute> attributes = new ArrayList<>();
        attributes.add(new Username(remote.ufrag() + ":" + local.ufrag()));
        attributes.add(new Priority(priority));
        attributes.add(role);
        if (nominate) {
            attributes.add(new UseCandidate());
        }
        return StunWriter.write(new StunMessage(StunClass.REQUEST, StunMessage.BINDING, id, attributes), remoteKey);
    }

    byte[] success(TransactionId id, InetSocketAddress source) {
        return StunWriter.write(StunMessage.binding(StunClass.SUCCESS, id, new XorMappedAddress(source)), localKey);
    }

    byte[] roleConflict(TransactionId id) {
        var error = new ErrorCode(ErrorCode.ROLE_CONFLICT, "Role Conflict");
        return StunWriter.write(StunMessage.binding(StunClass.ERROR, id, error), localKey);
    }

    byte[] unknownAttributes(TransactionId id, List<Integer> types) {
        var error = new ErrorCode(ErrorCode.UNKNOWN_ATTRIBUTE, "Unknown Attribute");
        return StunWriter.write(
                StunMessage.binding(StunClass.ERROR, id, error, new UnknownAttributes(types)), localKey);
    }

    /** The sender's ufrag in a request that is meant for us and sealed with our password. */
    Optional<String> authenticSender(StunPacket request) {
        String prefix = local.ufrag() + ":";
        return request.message()
                .attribute(Username.class)
                .map(Username::value)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .filter(ufrag -> remote == null || ufrag.equals(remote.ufrag()))
                .filter(ufrag -> request.isAuthentic(localKey));
    }

    /** Whether a response to a check is sealed with the peer's password. */
    boolean isAuthenticResponse(StunPacket response) {
        return response.isAuthentic(remoteKey);
    }

    /**
     * Whether a response says what we need, and nothing that we do not understand (RFC 8489 §6.3.3, §6.3.4). FFmpeg's WHIP
     * output leaves XOR-MAPPED-ADDRESS out of its successes; nothing here depends on it.
     */
    static boolean isComplete(StunPacket response) {
        StunMessage message = response.message();
        boolean error = message.messageClass() == StunClass.ERROR;
        return error == message.has(ErrorCode.class) && response.notUnderstood().isEmpty();
    }
}
