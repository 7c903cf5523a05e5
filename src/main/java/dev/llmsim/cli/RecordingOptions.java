package dev.llmsim.cli;

import dev.llmsim.LlmSimBuilder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every gateway takes that records: where to. */
final class RecordingOptions {
    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(
            names = "--cassette",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Cassette on the tape to record to (default: ${DEFAULT-VALUE}).")
    private String cassette = "default";

    LlmSimBuilder configure(LlmSimBuilder builder) {
        return builder.store(store.store).cassette(cassette);
    }
}
