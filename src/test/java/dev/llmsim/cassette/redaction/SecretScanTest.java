package dev.llmsim.cassette.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.SecretScan.Finding;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.traffic.RealTraffic;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretScanTest {
    private static final String KEY = "sk-proj-Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
    private static final String PASSWORD = "Zk3LmQ9sW2Zk3LmQ9sW2";

    private final SecretScan scan = new SecretScan(Map.of("DB_PASSWORD", PASSWORD));

    @Test
    void tellsLineAndKindNeverTheValue() {
        String hidden = Base64.getEncoder().encodeToString(("x" + PASSWORD + "yz").getBytes(StandardCharsets.UTF_8));
        String text = "one\n  - 'data: {\"a\":\"" + KEY + "\"}'\nthree\n\"api_key\": \"abcdefgh12345678\" " + KEY + "\n"
                + hidden;
        List<Finding> findings = scan.scan(Bytes.utf8(text));
        assertThat(findings)
                .containsExactly(
                        new Finding(2, SecretKind.OPENAI),
                        new Finding(4, SecretKind.FIELD),
                        new Finding(4, SecretKind.OPENAI),
                        new Finding(5, SecretKind.ENVIRONMENT));
        assertThat(findings.toString()).doesNotContain(KEY).doesNotContain(PASSWORD);
    }

    @Test
    void placeholdersAndWordsAreNoFindings() {
        assertThat(scan.scan(
                        Bytes.utf8("{\"api_key\":\"{{secret:openai#1}}\",\"password\":\"changeme\"}\n{{secret:x#1}}")))
                .isEmpty();
    }

    @Test
    void realTrafficHasNoFindings() {
        for (RealTraffic.Interaction one : RealTraffic.all()) {
            assertThat(scan.scan(one.requestBody())).as(one.file()).isEmpty();
            assertThat(scan.scan(one.body())).as(one.file()).isEmpty();
        }
    }
}
