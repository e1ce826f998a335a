package dev.notecast.server.tunnel;

/** A tunnel cannot be opened or has ended; the message is one friendly line that names the thing and the fix. */
public final class TunnelException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean lasting;

    private TunnelException(String message, boolean lasting) {
        super(message, null, false, false); // a cause may hold what must not be shown
        this.lasting = lasting;
    }

    /** It may work at another time. */
    public static TunnelException passing(String message) {
        return new TunnelException(message, false);
    }

    /** It will not work until somebody changes something. */
    public static TunnelException lasting(String message) {
        return new TunnelException(message, true);
    }

    public boolean isLasting() {
        return lasting;
    }
}
