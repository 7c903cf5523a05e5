package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim auto}: a recording where there is one, else upstream. */
@Command(
        name = "auto",
        description = {
            "Answers from the tape where it holds the request; else forwards it to the real provider and keeps the answer.",
            "Only complete answers below 400 are kept and played, so that a retry never meets a recorded error."
        })
final class AutoCommand implements Callable<Integer> {
    @ParentCommand
    private Root root = new Root();

    @Mixin
    private ForwardingOptions gateway = new ForwardingOptions();

    @Mixin
    private RecordingOptions recording = new RecordingOptions();

    @Mixin
    private PaceOption pace = new PaceOption();

    @Override
    public Integer call() {
        LlmSimBuilder builder = gateway.builder(Mode.AUTO, root.environment()).pace(pace.pace());
        return root.serve(recording.configure(builder), gateway.listen());
    }
}
