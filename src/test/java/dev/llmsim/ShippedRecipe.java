package dev.llmsim;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.RecordingIds;
import dev.llmsim.cassette.importing.Corpus;
import dev.llmsim.exchange.Recording;
import dev.llmsim.provider.Upstreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How {@code cassettes/} is made: which interactions of the corpus are in which file. Run {@link #main} after a change. */
public final class ShippedRecipe {
    public static final Path FOLDER = Path.of("cassettes");

    private static final Assembly ASSEMBLY = new Assembly(Upstreams.wellKnown(), Map.of());

    /** Interactions {@code numbers} (from 0) of one source. */
    private record Source(String file, List<Integer> numbers) {}

    private ShippedRecipe() {}

    /** The shipped cassettes, imported anew. */
    public static List<Cassette> cassettes() {
        return List.of(
                cassette(
                        "anthropic",
                        new Source(
                                "anthropic/test_anthropic__test_anthropic_model_thinking_part_stream.yaml", List.of(0)),
                        new Source("anthropic/test_output__test_no_tools_no_output.yaml", List.of(0)),
                        new Source("anthropic/test_output__test_strict_false_tool_no_output.yaml", List.of(0, 1))),
                cassette(
                        "gemini",
                        new Source("gemini/test_google__test_google_model_gemini_3_5_flash.yaml", List.of(0)),
                        new Source("gemini/test_google__test_google_model_thinking_part_iter.yaml", List.of(0)),
                        new Source(
                                "gemini/test_stream_close__test_cancel_recorded_provider_stream[google].yaml",
                                List.of(0))),
                cassette(
                        "openai",
                        new Source(
                                "openai/test_openai_responses__test_openai_include_raw_annotations_streaming.yaml",
                                List.of(2)),
                        new Source(
                                "openai/test_openai_responses__test_openai_responses_model_instructions.yaml",
                                List.of(0)),
                        new Source("openai/test_prefect__test_prefect_agent_run_stream.yaml", List.of(0))));
    }

    public static void main(String[] args) {
        cassettes().forEach(cassette -> CassetteFiles.write(FOLDER, cassette));
    }

    private static Cassette cassette(String name, Source... sources) {
        List<Recording> recordings = new ArrayList<>();
        RecordingIds ids = new RecordingIds(List.of());
        for (Source source : sources) {
            Cassette whole = ASSEMBLY.importer()
                    .read(Corpus.FOLDER.resolve(source.file()))
                    .cassettes()
                    .get(0);
            for (int number : source.numbers()) {
                Recording recording = whole.recordings().get(number);
                recordings.add(recording.withId(ids.next(ASSEMBLY.ids().baseOf(recording.request()))));
            }
        }
        return new Cassette(name, recordings).sortedById();
    }
}
