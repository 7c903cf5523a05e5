package dev.llmsim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Table TABLE = new Table(
            "speed",
            "How fast",
            List.of("per_second", "ratio"),
            List.of(
                    new Row("ceiling", Map.of("per_second", 82000.4, "ratio", 1.0)),
                    new Row("ours", Map.of("per_second", 41.25, "ratio", Double.NaN))));

    @Test
    void aRatioIsTheMedianOfThoseOfEachRound() {
        Rounds rounds = new Rounds();
        for (double factor : List.of(1.0, 10.0, 100.0)) {
            rounds.add("ceiling", Map.of("per_second", 100 * factor));
            rounds.add("ours", Map.of("per_second", factor == 10 ? 10 * factor : 50 * factor));
        }

        assertThat(rounds.ratio("ours", "ceiling", "per_second")).isEqualTo(0.5);
        assertThat(rounds.median("ours", "per_second")).isEqualTo(100);
        assertThat(rounds.median("ours", "unknown")).isNaN();
    }

    @Test
    void theTableIsAligned() {
        assertThat(TABLE.text()).isEqualTo("""
                        How fast
                        speed    per_second  ratio
                        ceiling       82000      1
                        ours          41.25      -
                        """);
    }

    @Test
    void theFileHoldsFiguresAndEnvironment(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new").resolve("bench.json");

        new Report(Map.of("cpu", "one"), List.of(TABLE)).write(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/environment/cpu").textValue()).isEqualTo("one");
        JsonNode rows = json.at("/families/speed/rows");
        assertThat(rows.at("/ceiling/per_second").doubleValue()).isEqualTo(82000.4);
        assertThat(rows.get("ours").has("ratio")).isFalse();
    }
}
