package dev.llmsim.synth.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one script, up to a number that a reader can bear. */
final class Findings {
    private static final int MOST = 100;

    private final List<Finding> all = new ArrayList<>();
    private boolean fatal;

    void fatal(int line, String message) {
        fatal = true;
        add(new Finding(line, message, true));
    }

    void withoutEffect(int line, String message) {
        add(new Finding(line, message, false));
    }

    private void add(Finding finding) {
        if (all.size() < MOST) {
            all.add(finding);
        }
    }

    boolean hasFatal() {
        return fatal;
    }

    List<Finding> all() {
        return all.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
    }
}
