package dev.notecast.jupyter.ijava;

import dev.notecast.jupyter.EvaluationErrors;
import dev.notecast.jupyter.IopubMessage;
import dev.notecast.jupyter.KernelPort;
import dev.notecast.jupyter.PrivateField;
import dev.notecast.jupyter.comm.CommAcceptor;
import dev.notecast.jupyter.comm.CommHandler;
import io.github.spencerpark.jupyter.channels.JupyterInputStream;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** IJava, and whatever else is made with its base kernel, as a {@link KernelPort}. */
final class IJavaPort implements KernelPort {
    private static final PrivateField<JupyterSocket> IOPUB =
            PrivateField.of(CommManager.class, "iopub", JupyterSocket.class);
    private static final PrivateField<MessageContext> CONTEXT =
            PrivateField.of(CommManager.class, "context", MessageContext.class);
    private static final PrivateField<JupyterInputStream> INPUT =
            PrivateField.of(JupyterIO.class, "jupyterIn", JupyterInputStream.class);
    private static final PrivateField<ShellReplyEnvironment> ENVIRONMENT =
            PrivateField.of(JupyterInputStream.class, "env", ShellReplyEnvironment.class);

    private final BaseKernel kernel;
    private final Magics magics;
    private final CellStop cells;

    IJavaPort(BaseKernel kernel, Magics magics) {
        this.kernel = kernel;
        this.magics = magics;
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
        magics.registerLineMagic(name, arguments -> {
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
        magics.registerCellMagic(name, (arguments, body) -> {
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
            kernel.eval(source);
        } catch (Exception e) {
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
            CommHandler handler =
                    acceptor.accept(id, IJavaComm.data(open.getContent().getData()));
            return new IJavaComm(manager, id, name, handler);
        });
    }

    @Override
    public void registerComm(String id, String target, CommHandler handler) {
        CommManager manager = kernel.getCommManager();
        manager.registerComm(new IJavaComm(manager, id, target, handler));
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
        for (String name : classNames) {
            try {
                kernel.eval("import " + name + ";");
            } catch (Exception e) {
                throw new IllegalStateException("cannot import " + name, e);
            }
        }
    }
}
