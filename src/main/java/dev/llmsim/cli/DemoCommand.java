package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.timing.Pace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim demo}: the whole way, without a key and without a network. */
@Command(
        name = "demo",
        description = {
            "Plays shipped real conversations as an upstream, records them, takes the upstream away, replays, and compares.",
            "Exits with 7 if a byte, an event or a recording is missing."
        })
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    private Root root = new Root();

    @Option(
            names = "--train",
            hidden = true,
            description = "At once: for the launcher, which learns which classes load.")
    private boolean train;

    @Override
    public Integer call() throws IOException {
        Path store = Files.createTempDirectory("llmsim-demo");
        try {
            List<DemoConversation> conversations = new Demo(store, train ? Pace.INSTANT : Pace.RECORDED).run();
            return report(conversations, root.out());
        } finally {
            delete(store);
        }
    }

    /** Prints what was compared; the exit code. */
    static int report(List<DemoConversation> conversations, PrintWriter out) {
        out.printf("%-44s %9s %7s %9s %9s  %s%n", "conversation", "bytes", "events", "recorded", "replayed", "same");
        for (DemoConversation one : conversations) {
            out.printf(
                    "%-44s %9d %7d %7dms %7dms  %s%n",
                    one.name(),
                    one.recorded().bytes().length(),
                    one.recorded().events(),
                    one.recorded().totalMillis(),
                    one.replayed().totalMillis(),
                    one.difference().orElse("yes"));
        }
        long different = conversations.stream()
                .filter(one -> one.difference().isPresent())
                .count();
        out.println(conversations.size() + " conversations recorded and replayed without the upstream, " + different
                + " differ");
        if (conversations.isEmpty()) {
            throw new LlmSimException(ErrorCode.INTERNAL, "demo: no shipped conversation (expected: some in the jar)");
        }
        return different == 0 ? 0 : ErrorCode.CHECK_FAILED.exitCode();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
