package dev.notecast.jupyter.comm;

import dev.notecast.jupyter.IopubMessage;
import dev.notecast.jupyter.KernelPort;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One comm, opened here or by a page. Sending works on any thread. */
public final class Comm {
    private final KernelPort kernel;
    private final String id;

    private Comm(KernelPort kernel, String id) {
        this.kernel = kernel;
        this.id = id;
    }

    /** Opens a comm towards the pages, on the kernel's own thread. */
    public static Comm open(
            KernelPort kernel,
            String target,
            Map<String, Object> data,
            Map<String, Object> metadata,
            CommHandler handler) {
        Comm comm = new Comm(kernel, UUID.randomUUID().toString().replace("-", ""));
        kernel.registerComm(comm.id, target, handler);
        Map<String, Object> content = Map.of("comm_id", comm.id, "target_name", target, "data", data);
        kernel.publish(new IopubMessage("comm_open", content, metadata, List.of()));
        return comm;
    }

    /** A comm that a page has opened. */
    public static Comm accepted(KernelPort kernel, String id) {
        return new Comm(kernel, id);
    }

    public String id() {
        return id;
    }

    public void send(Map<String, Object> data, List<byte[]> buffers) {
        Map<String, Object> content = Map.of("comm_id", id, "data", data);
        kernel.publish(new IopubMessage("comm_msg", content, Map.of(), buffers));
    }

    /** Ends the comm for every page, on the kernel's own thread. */
    public void close() {
        kernel.unregisterComm(id);
        kernel.publish(new IopubMessage("comm_close", Map.of("comm_id", id, "data", Map.of()), Map.of(), List.of()));
    }
}
