package dev.notecast.jupyter.jjava;

import dev.notecast.jupyter.EvaluationErrors;
import dev.notecast.jupyter.IopubMessage;
import dev.notecast.jupyter.KernelPort;
import dev.notecast.jupyter.PrivateField;
import dev.notecast.jupyter.comm.CommAcceptor;
import dev.notecast.jupyter.comm.CommHandler;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dflib.jjava.jupyter.channels.JupyterInputStream;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;

/**
 * JJava as a {@link KernelPort}. The released kernel has its JSON, ZMQ and logging classes under other names than its
 * Maven artifact, so no method that names one of them is called.
 */
final class JJavaPort implements KernelPort {
    private static final PrivateField<JupyterSocket> IOPUB =
            PrivateField.of(CommManager.class, "iopub", JupyterSocket.class);
    private static final PrivateField<MessageContext> CONTEXT =
            PrivateField.of(CommManager.class, "context", MessageContext.class);
    private static final PrivateField<JupyterInputStream> INPUT =
            PrivateField.of(JupyterIO.class, "jupyterIn", JupyterInputStream.class);
    private static final PrivateField<ShellReplyEnvironment> ENVIRONMENT =
            PrivateField.of(JupyterInputStream.class, "env", ShellReplyEnvironment.class);

    private final BaseKernel kernel;
    private final CellStop cells;

    JJavaPort(BaseKernel kernel) {
        this.kernel = kernel;
        cells = new CellStop(kernel, this);
    }

    @Override
    public void publish(IopubMessage message) {
        publish(CONTEXT.get(kernel.getCommManager()), message);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the content is a map instead of the class that the type names
    private void publish(MessageContext context, IopubMessage message) {
        JupyterSocket iopub = IOPUB.get(kernel.getCommManager());
        if (iopub == null) {
            return; // not connected yet
        }
        List<byte[]> buffers =
                message.buffers().isEmpty() ? null : message.buffers(); // an empty list breaks the framing
        iopub.sendMessage(new Message(
                context, MessageType.getType(message.type()), message.content(), buffers, message.metadata()));
    }

    @Override
    public void registerLineMagic(String name, LineMagic magic) {
        kernel.getMagicsRegistry().registerLineMagic(name, (BaseKernel caller, List<String> arguments) -> {
            long startedNanos = System.nanoTime();
            try {
                magic.run(arguments);
                return null;
            } catch (MagicFailed e) {
                cells.stop("%" + name, e, startedNanos);
                throw new StoppedCell(name, e.getMessage());
            }
        });
    }

    @Override
    public void registerCellMagic(String name, CellMagic magic) {
        kernel.getMagicsRegistry().registerCellMagic(name, (BaseKernel caller, List<String> arguments, String body) -> {
            long startedNanos = System.nanoTime();
            try {
                magic.run(arguments, body);
                return null;
            } catch (MagicFailed e) {
                cells.stop("%%" + name, e, startedNanos);
                throw new StoppedCell(name, e.getMessage());
            }
        });
    }

    @Override
    public void evaluate(String source) {
        try {
            kernel.evalRaw(source);
        } catch (RuntimeException e) {
            throw EvaluationErrors.asShown(kernel, e);
        }
    }

    @Override
    public Consumer<String> errorsOfCell() {
        MessageContext cell = CONTEXT.get(kernel.getCommManager());
        return text -> publish(cell, IopubMessage.standardError(text));
    }

    @Override
    public void registerCommTarget(String target, CommAcceptor acceptor) {
        kernel.getCommManager().registerTarget(target, (manager, id, name, open) -> {
            CommHandler handler = acceptor.accept(id, JJavaComm.data(open.getContent()));
            return new JJavaComm(manager, id, name, handler);
        });
    }

    @Override
    public void registerComm(String id, String target, CommHandler handler) {
        CommManager manager = kernel.getCommManager();
        manager.registerComm(new JJavaComm(manager, id, target, handler));
    }

    @Override
    public void unregisterComm(String id) {
        kernel.getCommManager().unregisterComm(id);
    }

    @Override
    public boolean runsCell() {
        return kernel.getIO().isAttached();
    }

    @Override
    public Optional<String> askHidden(String prompt) {
        JupyterInputStream input = INPUT.get(kernel.getIO());
        ShellReplyEnvironment page = input == null ? null : ENVIRONMENT.get(input);
        return page == null || !input.isEnabled() // a run without a page, such as nbconvert's
                ? Optional.empty()
                : Optional.ofNullable(page.readFromStdIn(prompt, true));
    }

    @Override
    public <T> void showAsJpeg(Class<T> type, Function<T, byte[]> jpeg) {
        kernel.getRenderer()
                .createRegistration(type)
                .preferring(MIMEType.IMAGE_JPEG, MIMEType.TEXT_PLAIN)
                .register((value, context) -> {
                    context.renderIfRequested(
                            MIMEType.IMAGE_JPEG, () -> Base64.getEncoder().encodeToString(jpeg.apply(value)));
                    context.renderIfRequested(MIMEType.TEXT_PLAIN, value::toString);
                });
    }

    @Override
    public void addImports(List<String> classNames) {
        classNames.forEach(name -> kernel.evalRaw("import " + name + ";"));
    }
}
