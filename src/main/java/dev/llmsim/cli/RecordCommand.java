package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim record}: forwards everything and keeps it. */
@Command(
        name = "record",
        description =
                "Forwards every request to the real provider, streams the answer through and keeps a copy on the tape.",
        footer = {
            "",
            "Example:",
            "  llmsim record --cassette checkout",
            "  then point your SDK at http://127.0.0.1:8080/openai/v1 and run it with its usual key"
        })
final class RecordCommand implements Callable<Integer> {
    @ParentCommand
    private Root root = new Root();

    @Mixin
    private ForwardingOptions gateway = new ForwardingOptions();

    @Mixin
    private RecordingOptions recording = new RecordingOptions();

    @Option(
            names = "--record-errors",
            description =
                    "A first answer of 500 or above, or one that was cut, replaces what the cassette held for it.")
    private boolean recordErrors;

    @Override
    public Integer call() {
        LlmSimBuilder builder = gateway.builder(Mode.RECORD, root.environment()).recordErrors(recordErrors);
        return root.serve(recording.configure(builder), gateway.listen());
    }
}
