package dev.notecast.media.webrtc;

/**
 * Our half of an ICE restart.
 *
 * @param sdpFragment our new credentials and candidates
 * @param etag names the new ICE generation, without quotes
 */
public record RestartAnswer(String sdpFragment, String etag) {
    /** Leaves out the fragment: it holds the ICE password. */
    @Override
    public String toString() {
        return "RestartAnswer[" + etag + "]";
    }
}
