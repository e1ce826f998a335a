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
    private final int reservedLength;

    /** An element that is the same in every packet. */
    record Fixed(int id, byte[] value) {}

    private OutgoingExtensions(Builder builder) {
        outIds = builder.outIds.clone();
        fixed = List.copyOf(builder.fixed);
        transportSequenceId = builder.transportSequenceId;
        int elementHeader = builder.highestId > RtpWriter.MAX_ONE_BYTE_ID ? 2 : 1;
        int reserved = 0;
        for (Fixed element : fixed) {
            reserved += elementHeader + element.value.length;
        }
        if (transportSequenceId != 0) {
            reserved += elementHeader + 2;
        }
        for (int length : builder.reservedLengths) {
            reserved += length == 0 ? 0 : elementHeader + length;
        }
        reservedLength = reserved;
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

    /** How many bytes of elements every packet has room for, those it has and those it lacks. */
    int reservedLength() {
        return reservedLength;
    }

    /** Collects what to send; an id out of range is the caller's mistake and an {@link IllegalArgumentException}. */
    public static final class Builder {
        private final int[] outIds = new int[256];
        private final int[] reservedLengths = new int[256]; // by the id in the source
        private final List<Fixed> fixed = new ArrayList<>();
        private int transportSequenceId;
        private int highestId;

        private Builder() {}

        /**
         * Forwards the source's elements of one id under another.
         *
         * @param reservedLength bytes of room for the element in packets that have none, so that all packets are equally
         *     long and can leave in one system call; 0 for rare elements
         */
        public Builder map(int sourceId, int outId, int reservedLength) {
            outIds[checkId(sourceId)] = checkOutId(outId);
            reservedLengths[sourceId] = checkLength(reservedLength);
            return this;
        }

        /** Adds an element to every packet, for example the {@code mid} (RFC 9143 §15); at most 255 bytes. */
        public Builder fixed(int outId, byte[] value) {
            checkLength(value.length);
            fixed.add(new Fixed(checkOutId(outId), value.clone()));
            return this;
        }

        /**
         * Adds the transport-wide sequence number that is given to the writer with each packet. A packet that is sent again
         * then differs from the first time and needs a sequence number of its own, as in RTX (RFC 4588).
         */
        public Builder transportSequence(int outId) {
            transportSequenceId = checkOutId(outId);
            return this;
        }

        public OutgoingExtensions build() {
            return new OutgoingExtensions(this);
        }

        private int checkOutId(int id) {
            highestId = Math.max(highestId, checkId(id));
            return id;
        }

        private static int checkLength(int length) {
            if (length < 0 || length > 255) {
                throw new IllegalArgumentException("header extension element of " + length + " bytes");
            }
            return length;
        }

        private static int checkId(int id) {
            if (id < 1 || id > 255) {
                throw new IllegalArgumentException("header extension id " + id + " is not in 1..255");
            }
            return id;
        }
    }
}
