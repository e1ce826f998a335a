package dev.notecast.jupyter.jjava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.notecast.jupyter.comm.CommHandler;
import dev.notecast.jupyter.comm.Json;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/** Hands a comm's messages on. */
final class JJavaComm extends Comm {
    private final CommHandler handler;

    JJavaComm(CommManager manager, String id, String target, CommHandler handler) {
        super(manager, id, target);
        this.handler = handler;
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
        handler.message(data(message.getContent()));
    }

    @Override
    protected void onClose(Message<CommCloseCommand> closeMessage, boolean sending) {
        handler.closed();
    }

    /** The command's data, read as text: the class that {@code getData} returns has no fixed name. */
    static JsonNode data(Object command) {
        try {
            return Json.parse(
                    String.valueOf(command.getClass().getMethod("getData").invoke(command)));
        } catch (ReflectiveOperationException e) {
            return MissingNode.getInstance();
        }
    }
}
