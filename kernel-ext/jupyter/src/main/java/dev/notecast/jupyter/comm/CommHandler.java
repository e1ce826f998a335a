package dev.notecast.jupyter.comm;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes what pages send on a comm, on the kernel's own thread: quick, and without an exception. */
public interface CommHandler {
    void message(JsonNode data);

    /** A page has closed the comm. */
    void closed();
}
