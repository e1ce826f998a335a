package dev.notecast.rtc.ice;

import dev.notecast.rtc.io.LocalSocket;
import java.net.InetSocketAddress;

/** What an {@link IceAgent} tells its session. */
public sealed interface IceEvent {
    record StateChanged(IceState state) implements IceEvent {}

    /**
     * From now on send here; comes before {@link IceState#CONNECTED}, and again when the peer nominates another pair.
     *
     * @param local the base as it was given to {@link IceAgent#addBase}
     */
    record PairSelected(LocalSocket local, InetSocketAddress remote) implements IceEvent {}
}
