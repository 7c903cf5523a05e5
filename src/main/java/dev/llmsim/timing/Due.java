package dev.llmsim.timing;

/**
 * What one wake-up of a playback has to send.
 *
 * @param head whether the head is to be sent now
 * @param fromFrame the first frame to be sent now
 * @param toFrame the frame after the last one to be sent now
 * @param end whether the answer ends now
 * @param nextDueNanos when to ask again, after the end of the request; {@link #NEVER} once the answer has ended
 */
public record Due(boolean head, int fromFrame, int toFrame, boolean end, long nextDueNanos) {
    public static final long NEVER = Long.MAX_VALUE;
}
