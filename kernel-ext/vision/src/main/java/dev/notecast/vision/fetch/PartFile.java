package dev.notecast.vision.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.DoubleConsumer;

/** What has come of a file: answers write into it, one after the other. */
final class PartFile implements BodyHandler<Void> {
    private final Path file;
    private final long maxBytes;
    private final DoubleConsumer progress;
    private volatile long bytes;
    private volatile String tag; // of the version that has begun to come; null where the server names none

    PartFile(Path file, long maxBytes, DoubleConsumer progress) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.progress = progress;
    }

    long bytes() {
        return bytes;
    }

    /** Asks for the rest only, when it is certainly the rest of the same file (RFC 9110 §13.1.5). */
    void resume(HttpRequest.Builder request) {
        if (bytes > 0 && tag != null) {
            request.header("Range", "bytes=" + bytes + "-").header("If-Range", tag);
        }
    }

    @Override
    public BodySubscriber<Void> apply(ResponseInfo answer) {
        boolean rest = answer.statusCode() == 206
                && answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + bytes + "-");
        if (answer.statusCode() != 200 && !rest) {
            return BodySubscribers.replacing(null); // its body is of no use
        }
        if (!rest) {
            bytes = 0;
        }
        tag = answer.headers()
                .firstValue("ETag")
                .filter(value -> value.startsWith("\"")) // a weak one says nothing about bytes
                .orElse(null);
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        return new Writing(length < 0 ? -1 : bytes + length);
    }

    /** The file is larger than it may be. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        private final long maxBytes;

        TooLargeException(long maxBytes) {
            this.maxBytes = maxBytes;
        }

        long maxBytes() {
            return maxBytes;
        }
    }

    /** The disk is full, or the like. */
    static final class WriteException extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        WriteException(IOException cause) {
            super(cause);
        }
    }

    private final class Writing implements BodySubscriber<Void> {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final long expected; // bytes in all, -1 where the server does not say
        private FileChannel channel;
        private Flow.Subscription subscription;

        Writing(long expected) {
            this.expected = expected;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (expected > maxBytes) {
                end(new TooLargeException(maxBytes));
                return;
            }
            try {
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
                channel.truncate(bytes).position(bytes);
                subscription.request(1);
            } catch (IOException e) {
                end(new WriteException(e));
            }
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            try {
                for (ByteBuffer buffer : item) {
                    if (bytes + buffer.remaining() > maxBytes) {
                        end(new TooLargeException(maxBytes));
                        return;
                    }
                    while (buffer.hasRemaining()) {
                        bytes += channel.write(buffer); // one answer at a time
                    }
                }
                if (expected > 0) {
                    progress.accept((double) bytes / expected);
                }
                subscription.request(1);
            } catch (IOException e) {
                end(new WriteException(e));
            }
        }

        private void end(Throwable why) {
            subscription.cancel();
            close();
            done.completeExceptionally(why);
        }

        @Override
        public void onError(Throwable why) {
            close();
            done.completeExceptionally(why);
        }

        @Override
        public void onComplete() {
            close();
            done.complete(null);
        }

        private void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                done.completeExceptionally(new WriteException(e));
            }
        }
    }
}
