package dev.notecast.server.ice;

/** Where a STUN or TURN server of the list came from. */
public sealed interface IceOrigin {
    /** Used unless somebody removes it. */
    record Default() implements IceOrigin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** Named by a person. */
    record Added() implements IceOrigin {
        @Override
        public String toString() {
            return "added";
        }
    }

    /** Given by a service, with credentials that it makes. */
    record Provider(String name) implements IceOrigin {
        @Override
        public String toString() {
            return name;
        }
    }
}
