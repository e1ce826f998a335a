package dev.notecast.media.relay;

import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.security.SecureRandom;

/** Asks a silent TURN server whether it is a STUN server, which ignores Allocate. One loop's. */
final class BindingProbe {
    private final RelaySocket socket;
    private final SecureRandom random;
    private TransactionId id; // null until it was sent
    private volatile boolean answered;

    BindingProbe(RelaySocket socket, SecureRandom random) {
        this.socket = socket;
        this.random = random;
    }

    /** Only the first call counts. */
    void send() {
        if (id == null) {
            id = TransactionId.random(random);
            socket.send(StunWriter.write(StunMessage.binding(StunClass.REQUEST, id)));
        }
    }

    /** Takes the answer; false when a message is something else. */
    boolean take(byte[] message) {
        boolean mine = id != null
                && TransactionId.of(message, 0, message.length)
                        .filter(id::equals)
                        .isPresent();
        answered |= mine;
        return mine;
    }

    /** From any thread. */
    boolean isAnswered() {
        return answered;
    }
}
