package dev.notecast.jupyter.ijava;

import dev.notecast.jupyter.IopubMessage;
import dev.notecast.jupyter.KernelPort.MagicFailed;
import dev.notecast.jupyter.PrivateField;
import dev.notecast.jupyter.WaitingCells;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.DisplayStream;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends the cell that runs with one line where the kernel would print a dozen frames of its own, and drops the cells that
 * wait behind it. What the kernel lets nobody change is reached through its fields.
 */
final class CellStop {
    private static final PrivateField<ShellReplyEnvironment> ENVIRONMENT =
            PrivateField.of(DisplayStream.class, "env", ShellReplyEnvironment.class);
    private static final PrivateField<JupyterConnection> CONNECTION =
            PrivateField.of(ShellChannel.class, "connection", JupyterConnection.class);
    private static final PrivateField<Boolean> CLOSED = PrivateField.of(JupyterSocket.class, "closed", Boolean.class);

    private static final PrivateField<AtomicInteger> EXECUTION_COUNT =
            PrivateField.of(BaseKernel.class, "executionCount", AtomicInteger.class);

    private final BaseKernel kernel;
    private final IJavaPort port;
    private final WaitingCells waiting = new WaitingCells();
    private boolean watchesCells;

    CellStop(BaseKernel kernel, IJavaPort port) {
        this.kernel = kernel;
        this.port = port;
    }

    /** Called on the thread of the cell; whoever calls throws next. */
    void stop(String magic, MagicFailed why, long startedNanos) {
        Map<String, Object> error = Map.of("ename", magic, "evalue", why.getMessage(), "traceback", why.shown());
        port.publish(new IopubMessage("error", error, Map.of(), List.of()));
        ShellReplyEnvironment environment = ENVIRONMENT.get(kernel.getIO().display);
        if (environment == null) {
            return; // no cell runs
        }
        Map<String, Object> reply = new HashMap<>(error);
        reply.put("status", "error");
        reply.put("execution_count", EXECUTION_COUNT.get(kernel).get() - 1);
        instead(environment, environment.getIopub(), () -> {});
        instead(environment, environment.getShell(), () -> reply(environment, environment.getContext(), reply));
        dropWaiting(environment, Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    /**
     * Swallows what the kernel is going to say on a socket about the failure, and runs {@code own} instead: the kernel
     * works through what was deferred from the newest to the oldest, and its own answer is the newest.
     */
    private static void instead(ShellReplyEnvironment environment, JupyterSocket socket, Runnable own) {
        environment.defer(() -> {
            CLOSED.set(socket, false);
            own.run();
        });
        CLOSED.set(socket, true);
    }

    private void dropWaiting(ShellReplyEnvironment environment, Duration took) {
        MessageContext context = environment.getContext();
        boolean stops = context instanceof Message<?> message
                && message.getContent() instanceof ExecuteRequest request
                && request.shouldStopOnError();
        if (stops) {
            Header<?> header = context.getHeader();
            waiting.failed(header.getSessionId(), header.getTimestamp().getDateString(), Instant.now(), took);
            watchCells(environment);
        }
    }

    private void watchCells(ShellReplyEnvironment environment) {
        if (!watchesCells && environment.getShell() instanceof ShellChannel shell) {
            watchesCells = true;
            JupyterConnection connection = CONNECTION.get(shell);
            ShellHandler<ExecuteRequest> run = connection.getHandler(MessageType.EXECUTE_REQUEST);
            connection.setHandler(MessageType.EXECUTE_REQUEST, (env, request) -> {
                if (isDropped(request.getHeader())) {
                    replyAborted(env, request);
                } else {
                    run.handle(env, request);
                }
            });
        }
    }

    private boolean isDropped(Header<ExecuteRequest> header) {
        return waiting.drops(header.getSessionId(), header.getTimestamp().getDateString());
    }

    private static void replyAborted(ShellReplyEnvironment environment, Message<ExecuteRequest> request) {
        environment.setBusyDeferIdle();
        reply(environment, request, Map.of("status", "aborted"));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the content is a map instead of the class that the type names
    private static void reply(ShellReplyEnvironment environment, MessageContext request, Map<String, Object> content) {
        environment.reply(new Message(request, MessageType.EXECUTE_REPLY, content));
    }
}
