package dev.llmsim.recorder;

import java.util.List;

/**
 * What a recorder has done since it was started.
 *
 * @param sealed recordings on the tape
 * @param notKept answers that the rule does not keep
 * @param givenUp exchanges that should have been kept and were not: overload, a disk that cannot be written, a failed step
 * @param unfinished exchanges that have not ended (or wait); after the recorder was closed, those it cut short
 * @param flawed recordings among {@code sealed} that would not replay as they were sent
 * @param lastLagMicros from the end of an exchange to its commit, for the newest commit
 * @param maxLagMicros the same, for the slowest
 * @param remarks a line for each of the first exchanges that were given up or flawed, with the reason
 */
public record RecorderSummary(
        long sealed,
        long notKept,
        long givenUp,
        long unfinished,
        long flawed,
        long lastLagMicros,
        long maxLagMicros,
        List<String> remarks) {
    public RecorderSummary {
        remarks = List.copyOf(remarks);
    }
}
