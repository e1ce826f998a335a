package dev.notecast.e2e;

/** Ends what the tests of a class share. */
final class Closing {
    private Closing() {}

    /** Closes them in this order, those that are not null, whatever becomes of the others. */
    static void all(AutoCloseable... each) {
        AssertionError failure = new AssertionError("cannot end all");
        for (AutoCloseable one : each) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
