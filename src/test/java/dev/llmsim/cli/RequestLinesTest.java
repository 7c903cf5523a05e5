package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Ending;
import dev.llmsim.gateway.RequestLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestLinesTest {
    private static final String KEY = "sk-ant-api03-Q7xT2mVb9LpR4wZs8NcY";
    private static final String FROM_ENVIRONMENT = "Zk3LmQ9sW2Zk3LmQ9sW2";

    @Test
    void ordinaryPathsAreAsTheyCame() {
        assertThat(printed("/openai/v1/models/gpt-4o:x%20y(1)~"))
                .isEqualTo("GET /openai/v1/models/gpt-4o:x%20y(1)~ 200 recorded canonical ttft=1.0ms 7B 20ms");
    }

    @Test
    void secretsInThePathAreNotPrinted() {
        assertThat(printed("/openai/v1/keys/" + KEY + "/" + FROM_ENVIRONMENT))
                .doesNotContain(KEY)
                .doesNotContain(FROM_ENVIRONMENT)
                .startsWith(
                        "GET /openai/v1/keys/%7B%7Bsecret%3Aanthropic%231%7D%7D/%7B%7Bsecret%3Aenvironment%231%7D%7D 200");
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(printed("/openai/v1/\u001b[31mX\r\n\u00e9\u2028 x"))
                .startsWith("GET /openai/v1/\\x1b[31mX\\x0d\\x0a\\xe9\\u2028\\x20x 200");
        assertThat(printed("no path")).startsWith("GET no\\x20path 200");
    }

    @Test
    void aSessionIsNamedAndWhatLooksSecretInItIsNot() {
        assertThat(printed("/openai/v1/models", "test-1", ""))
                .isEqualTo("GET /openai/v1/models 200 recorded canonical session=test-1 ttft=1.0ms 7B 20ms");
        assertThat(printed("/openai/v1/models", KEY, "")).doesNotContain(KEY);
    }

    @Test
    void faultsAreNamed() {
        assertThat(printed("/openai/v1/models", null, "stall@frame=2;for=5s,cut@frame=3"))
                .isEqualTo(
                        "GET /openai/v1/models 200 recorded canonical fault=stall@frame=2;for=5s,cut@frame=3 ttft=1.0ms 7B 20ms");
    }

    private static String printed(String path) {
        return printed(path, null, "");
    }

    private static String printed(String path, @Nullable String sessionOrNull, String faults) {
        StringWriter err = new StringWriter();
        Redactor redactor = new Redactor(Map.of("CI_TOKEN", FROM_ENVIRONMENT));
        try (RequestLines lines = new RequestLines(new PrintWriter(err, true), redactor)) {
            lines.ended(new RequestLog.Line(
                    "GET",
                    path,
                    "openai",
                    sessionOrNull,
                    "recorded",
                    "canonical",
                    faults,
                    200,
                    1_000_000,
                    7,
                    Ending.COMPLETE,
                    false,
                    20_000_000));
        }
        return err.toString().strip();
    }
}
