package dev.llmsim.synth.script;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a script file holds and what is wrong with it.
 *
 * @param name of the file
 * @param scriptOrNull absent where a finding is fatal
 * @param findings in the order of their lines
 */
public record CheckedScript(String name, @Nullable Script scriptOrNull, List<Finding> findings) {
    public CheckedScript {
        findings = List.copyOf(findings);
    }

    public Optional<Script> script() {
        return Optional.ofNullable(scriptOrNull);
    }

    /** The findings as they are printed. */
    public List<String> lines() {
        return findings.stream().map(finding -> finding.at(name)).toList();
    }

    /** The script. */
    public Script orThrow() {
        return script().orElseThrow(this::unplayable);
    }

    private LlmSimException unplayable() {
        List<Finding> fatal = findings.stream().filter(Finding::fatal).toList();
        String more = fatal.size() > 1 ? " (and " + (fatal.size() - 1) + " more: llmsim script check FILE)" : "";
        return new LlmSimException(ErrorCode.USAGE, "script: " + fatal.get(0).at(name) + more);
    }
}
