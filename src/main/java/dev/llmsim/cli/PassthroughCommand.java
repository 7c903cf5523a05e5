package dev.llmsim.cli;

import dev.llmsim.mode.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim passthrough}: upstream only, nothing is written. */
@Command(name = "passthrough", description = "Forwards every request to the real provider. Nothing is written.")
final class PassthroughCommand implements Callable<Integer> {
    @ParentCommand
    private Root root = new Root();

    @Mixin
    private ForwardingOptions gateway = new ForwardingOptions();

    @Override
    public Integer call() {
        return root.serve(gateway.builder(Mode.PASSTHROUGH, root.environment()), gateway.listen());
    }
}
