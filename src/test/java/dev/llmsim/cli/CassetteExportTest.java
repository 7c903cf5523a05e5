package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteExportTest {
    private static final Path SHIPPED = Path.of("cassettes", "openai.llm.yaml");
    private static final String KEY = "sk-ant-api03-" + "Zk4vT8".repeat(15) + "-AA";

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void importShipped() {
        out = folder.resolve("out");
        assertThat(run("cassette", "import", SHIPPED.toString(), "--store", store())
                        .exitCode())
                .isZero();
        assertThat(export().exitCode()).isZero();
    }

    @Test
    void exportsAgainWithoutADifference() throws IOException {
        String before = Files.readString(exported());

        assertThat(export().exitCode()).isZero();
        assertThat(Files.readString(exported())).isEqualTo(before);
    }

    @Test
    void findsASecretInTextThatItWouldKeep() throws IOException {
        List<String> lines = Files.readAllLines(exported());
        int request = lines.indexOf("request:");
        lines.add(request, "# asked with " + KEY);
        Files.write(exported(), lines);

        Ran ran = export();

        assertThat(ran.exitCode()).isEqualTo(7);
        assertThat(ran.err()).contains(":" + (request + 1) + " ").doesNotContain(KEY);
        assertThat(Files.readAllLines(exported())).isEqualTo(lines);
    }

    private Path exported() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".llm.yaml"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String store() {
        return folder.resolve("tape").toString();
    }

    private Ran export() {
        return run("cassette", "export", "--out", out.toString(), "--store", store());
    }

    private record Ran(int exitCode, String err) {}

    private static Ran run(String... args) {
        StringWriter err = new StringWriter();
        int exitCode = Main.run(args, Map.of(), new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        return new Ran(exitCode, err.toString());
    }
}
