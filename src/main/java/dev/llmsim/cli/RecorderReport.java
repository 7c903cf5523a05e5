package dev.llmsim.cli;

import dev.llmsim.recorder.RecorderSummary;
import java.io.PrintWriter;

/** What a gateway says of its recordings when it stops. */
final class RecorderReport {
    private final RecorderSummary summary;

    RecorderReport(RecorderSummary summary) {
        this.summary = summary;
    }

    void print(PrintWriter err) {
        StringBuilder line = new StringBuilder("llmsim: recorded ").append(summary.sealed());
        append(line, summary.flawed(), "would not replay as sent");
        append(line, summary.givenUp(), "given up");
        append(line, summary.unfinished(), "unfinished");
        append(line, summary.notKept(), "not kept by the rule of this mode");
        err.println(line);
        summary.remarks().forEach(remark -> err.println("llmsim:   " + remark));
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(' ').append(what);
        }
    }
}
