package dev.notecast.rtc.rtp;

import java.util.ArrayList;
import java.util.List;

/**
 * Which header extension elements a forwarded packet carries: those of the source whose id is mapped, under the id that
 * was negotiated with this receiver, and extras of our own. What is not mapped is dropped. Immutable.
 *
 * <p>Ids are 1..255; a packet with one over 14 takes the two-byte form (RFC 8285 §4.3).
 */
public final class OutgoingExtensions {
    /** No extensions at all. */
    public static final OutgoingExtensions NONE = new Builder().build();

    private final int[] outIds; // by the id in the source, 0 for those that are dropped
    private final List<Fixed> fixed;
    private final int transportSequenceId;

    /** An element that is the same in every packet. */
    record Fixed(int id, byte[] value) {}

    private OutgoingExtensions(Builder builder) {
        outIds = builder.outIds.clone();
        fixed = List.copyOf(builder.fixed);
        transportSequenceId = builder.transportSequenceId;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The id under which an element of the source is sent, 0 when it is dropped. */
    int outId(int sourceId) {
        return outIds[sourceId];
    }

    List<Fixed> fixed() {
        return fixed;
    }

    /** The id of the 16-bit transport-wide sequence number, 0 when none is sent. */
    int transportSequenceId() {
        return transportSequenceId;
    }

    /** Collects what to send; an id out of range is the caller's mistake and an {@link IllegalArgumentException}. */
    public static final class Builder {
        private final int[] outIds = new int[256];
        private final List<Fixed> fixed = new ArrayList<>();
        private int transportSequenceId;

        private Builder() {}

        /** Forwards the source's elements of one id under another. */
        public Builder map(int sourceId, int outId) {
            outIds[checkId(sourceId)] = checkId(outId);
            return this;
        }

        /** Adds an element to every packet, for example the {@code mid} (RFC 9143 §15); at most 255 bytes. */
        public Builder fixed(int outId, byte[] value) {
            if (value.length > 255) {
                throw new IllegalArgumentException("header extension element longer than 255 bytes");
            }
            fixed.add(new Fixed(checkId(outId), value.clone()));
            return this;
        }

        /** Adds the transport-wide sequence number that is given to the writer with each packet. */
        public Builder transportSequence(int outId) {
            transportSequenceId = checkId(outId);
            return this;
        }

        public OutgoingExtensions build() {
            return new OutgoingExtensions(this);
        }

        private static int checkId(int id) {
            if (id < 1 || id > 255) {
                throw new IllegalArgumentException("header extension id " + id + " is not in 1..255");
            }
            return id;
        }
    }
}
