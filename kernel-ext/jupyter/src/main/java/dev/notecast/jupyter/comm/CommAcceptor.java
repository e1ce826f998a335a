package dev.notecast.jupyter.comm;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes comms that pages open. */
@FunctionalInterface
public interface CommAcceptor {
    /** @return who takes what comes on the comm */
    CommHandler accept(String commId, JsonNode data);
}
