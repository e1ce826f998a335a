package dev.notecast.jupyter;

import dev.notecast.jupyter.comm.CommAcceptor;
import dev.notecast.jupyter.comm.CommHandler;
import dev.notecast.jupyter.comm.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A kernel without a connection: keeps what goes out, and plays the page. */
public final class FakeKernel implements KernelPort {
    public final List<IopubMessage> published = new CopyOnWriteArrayList<>();
    public final List<String> imports = new CopyOnWriteArrayList<>();
    public final Map<Class<?>, Function<Object, byte[]>> shown = new ConcurrentHashMap<>();
    public final Map<String, LineMagic> magics = new ConcurrentHashMap<>();
    public final Map<String, CellMagic> cellMagics = new ConcurrentHashMap<>();
    public final Map<String, CommHandler> comms = new ConcurrentHashMap<>();
    public final Map<String, CommAcceptor> targets = new ConcurrentHashMap<>();

    @Override
    public void publish(IopubMessage message) {
        published.add(message);
    }

    @Override
    public void registerLineMagic(String name, LineMagic magic) {
        magics.put(name, magic);
    }

    @Override
    public void registerCellMagic(String name, CellMagic magic) {
        cellMagics.put(name, magic);
    }

    @Override
    public void evaluate(String source) {
        throw new MagicFailed("no Java here");
    }

    @Override
    public Consumer<String> errorsOfCell() {
        return text -> publish(IopubMessage.standardError(text));
    }

    @Override
    public void registerCommTarget(String target, CommAcceptor acceptor) {
        targets.put(target, acceptor);
    }

    @Override
    public void registerComm(String id, String target, CommHandler handler) {
        comms.put(id, handler);
    }

    @Override
    public void unregisterComm(String id) {
        comms.remove(id);
    }

    @Override
    public boolean runsCell() {
        return false;
    }

    @Override
    public Optional<String> askHidden(String prompt) {
        return Optional.empty();
    }

    @Override
    public <T> void showAsJpeg(Class<T> type, Function<T, byte[]> jpeg) {
        shown.put(type, value -> jpeg.apply(type.cast(value)));
    }

    @Override
    public void addImports(List<String> classNames) {
        imports.addAll(classNames);
    }

    /** A page sends on a comm. */
    public void receive(String commId, String json) {
        comms.get(commId).message(Json.parse(json));
    }

    public List<IopubMessage> published(String type) {
        return published.stream().filter(each -> each.type().equals(type)).toList();
    }
}
