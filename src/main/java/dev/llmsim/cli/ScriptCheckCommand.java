package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.synth.script.CheckedScript;
import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.ScriptFile;
import dev.llmsim.synth.script.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim script check}: whether scripts would be played, and wholly. */
@Command(
        name = "check",
        description = {
            "Reads scripts, says what they hold, and lists what is wrong with file and line. Exits with 7 if there is anything,",
            "be it a member that has no effect."
        },
        footer = {"", "Example:", "  llmsim script check examples/agent.script.json"})
final class ScriptCheckCommand implements Callable<Integer> {
    @ParentCommand
    private ScriptCommand parent = new ScriptCommand();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Script files.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        int findings = 0;
        for (Path file : files) {
            CheckedScript checked = ScriptFile.check(file);
            checked.script()
                    .map(script -> file + ": " + summary(script))
                    .ifPresent(parent.root().out()::println);
            checked.lines().forEach(parent.root().out()::println);
            findings += checked.findings().size();
        }
        parent.root()
                .out()
                .println(files.size() + (files.size() == 1 ? " script" : " scripts") + " checked, " + findings
                        + (findings == 1 ? " finding" : " findings"));
        return findings == 0 ? 0 : ErrorCode.CHECK_FAILED.exitCode();
    }

    private static String summary(Script script) {
        Map<String, Long> byType =
                script.turns().stream().collect(Collectors.groupingBy(Turn::type, TreeMap::new, Collectors.counting()));
        String types = byType.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        long conditional = script.turns().stream()
                .filter(turn -> !turn.condition().isAlways())
                .count();
        int turns = script.turns().size();
        return turns + (turns == 1 ? " turn" : " turns") + " (" + types + "), " + conditional
                + " with a condition, then " + script.onExhausted().id();
    }
}
