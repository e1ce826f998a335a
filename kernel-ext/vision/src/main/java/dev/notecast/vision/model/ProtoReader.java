package dev.notecast.vision.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a protobuf message from a file, and passes over what nobody asks for without reading it. One thread.
 */
final class ProtoReader {
    private static final int WINDOW_BYTES = 8192;
    private static final int MAX_TEXT_BYTES = 4096; // names; nobody shows longer ones
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final SeekableByteChannel file;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long end; // of the message that is read, in the file
    private int field;
    private int wireType;

    ProtoReader(SeekableByteChannel file) throws IOException {
        this.file = file;
        end = file.size();
    }

    /** Something that reads the fields of a message inside another one. */
    @FunctionalInterface
    interface Message {
        void read() throws IOException;
    }

    /** Goes to the next field; its value must be read or skipped before the one after it. False at the message's end. */
    boolean next() throws IOException {
        if (position() == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (field <= 0 || tag >>> 32 != 0) {
            throw new MalformedException();
        }
        return true;
    }

    /** The number of the field, 0 where its type is another than that: it has to be skipped then. */
    int messageField() {
        return wireType == BYTES ? field : 0;
    }

    int numberField() {
        return wireType == VARINT ? field : 0;
    }

    void skip() throws IOException {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case BYTES -> advance(length());
            case FIXED32 -> advance(4);
            default -> throw new MalformedException(); // groups: nobody writes them
        }
    }

    void message(Message inner) throws IOException {
        long innerEnd = length() + position();
        long outerEnd = end;
        end = innerEnd;
        inner.read();
        end = outerEnd;
    }

    String text() throws IOException {
        long length = length();
        byte[] bytes = new byte[(int) Math.min(length, MAX_TEXT_BYTES)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = next8();
        }
        advance(length - bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next8();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException();
    }

    private long length() throws IOException {
        long length = varint();
        if (length < 0) {
            throw new MalformedException();
        }
        if (length > end - position()) {
            throw end == file.size() ? new EOFException() : new MalformedException();
        }
        return length;
    }

    private byte next8() throws IOException {
        if (position() >= end) {
            throw end == file.size() ? new EOFException() : new MalformedException();
        }
        if (!window.hasRemaining()) {
            window.clear();
            int read = file.read(window);
            window.flip();
            if (read <= 0) {
                throw new EOFException();
            }
        }
        return window.get();
    }

    private void advance(long bytes) throws IOException {
        if (bytes > end - position()) {
            throw end == file.size() ? new EOFException() : new MalformedException();
        }
        if (bytes <= window.remaining()) {
            window.position(window.position() + (int) bytes);
        } else {
            file.position(position() + bytes);
            window.limit(0);
        }
    }

    private long position() throws IOException {
        return file.position() - window.remaining();
    }

    /** What is there is no protobuf. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
