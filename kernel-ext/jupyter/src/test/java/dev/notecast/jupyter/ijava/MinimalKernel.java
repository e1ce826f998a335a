package dev.notecast.jupyter.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.CellMagicArgs;
import io.github.spencerpark.jupyter.kernel.magic.CellMagicParseContext;
import io.github.spencerpark.jupyter.kernel.magic.LineMagicArgs;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.ArrayList;
import java.util.List;

/** The least kernel that can be made with IJava's base: it knows line magics, and a value. */
final class MinimalKernel extends BaseKernel {
    final Magics magics = new Magics();
    volatile Object value; // what the cell "value" ends with
    private final MagicParser parser = new MagicParser();

    static JupyterConnection connect(MinimalKernel kernel, KernelConnectionProperties properties) throws Exception {
        JupyterConnection connection = new JupyterConnection(properties);
        kernel.becomeHandlerForConnection(connection);
        connection.connect();
        return connection;
    }

    @Override
    public DisplayData eval(String source) throws Exception {
        if (source.equals("value")) {
            return getRenderer().render(value);
        }
        if (source.startsWith("import ")) {
            return null;
        }
        CellMagicParseContext cell = parser.parseCellMagic(source);
        if (cell != null) {
            CellMagicArgs call = cell.getMagicCall();
            magics.applyCellMagic(call.getName(), call.getArgs(), call.getBody());
            return null;
        }
        if (source.startsWith("mistake")) {
            throw new IllegalArgumentException(source);
        }
        List<LineMagicArgs> calls = new ArrayList<>();
        parser.transformLineMagics(source, call -> {
            calls.add(call.getMagicCall());
            return "";
        });
        for (LineMagicArgs call : calls) {
            magics.applyLineMagic(call.getName(), call.getArgs());
        }
        return null;
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("minimal").build();
    }
}
