package dev.notecast.media.relay;

/** Tells us our address as the outside sees it. */
public record StunServer(String host, int port) implements IceServer {
    @Override
    public String uri() {
        return "stun:" + IceServer.inUri(host) + ":" + port;
    }
}
