package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExitCodesDocTest {
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| `([A-Z_]+)` \\|.*");

    @Test
    void theDocumentedTableIsTheOneOfTheProgram() throws IOException {
        List<String> documented = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/exit-codes.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.add(row.group(1) + " " + row.group(2));
            }
        }
        List<String> real = new ArrayList<>();
        for (ErrorCode code : ErrorCode.values()) {
            real.add(code.exitCode() + " " + code.name());
        }
        assertThat(documented).isEqualTo(real);
    }
}
