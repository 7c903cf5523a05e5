package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code llmsim serve} as a process of its own. */
class ServeProcessTest {
    private static final String CHAT = "/openai/v1/chat/completions";

    @TempDir
    private Path folder;

    @Test
    void answersAsTheConfigurationSaysAndFlagsOverrideIt() throws Exception {
        Path config = Files.writeString(folder.resolve("llmsim.toml"), """
                [server]
                port = 1
                [latency]
                profile = "instant"
                [response]
                generator = "fixed:from the file"
                [models]
                available = ["o3"]
                """);
        try (Program program = Program.start(folder, "serve", "-c", config.toString(), "-p", "0", "--tui")) {
            URI address = program.ready();

            HttpResponse<String> answer = post(
                    address.resolve(CHAT),
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"content\":\"from the file\"");
            assertThat(answer.headers().firstValue("x-llmsim-source")).contains("synthetic");
            assertThat(get(address.resolve("/openai/v1/models")).body())
                    .contains("\"o3\"")
                    .doesNotContain("gpt-5");
            program.terminate();
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("POST " + CHAT + " 200 synthetic", "--tui: there is no view");
        }
    }

    @Test
    void errorsAndLimitsFollowTheConfigurationAndVariables() throws Exception {
        Path config = Files.writeString(folder.resolve("llmsim.toml"), """
                [latency]
                profile = "instant"
                [errors]
                rate_limit_rate = 1.0
                [limits]
                rpm = 5
                """);
        String hi = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        try (Program program = Program.start(folder, "serve", "-c", config.toString(), "-p", "0")) {
            HttpResponse<String> answer = post(program.ready().resolve(CHAT), hi);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-llmsim-source")).contains("fault");
            program.terminate();
            assertThat(program.end().err()).contains("POST " + CHAT + " 429 fault");
        }
        Map<String, String> calm = Map.of("LLMSIM_RATE_LIMIT_RATE", "0");
        try (Program program = Program.start(folder, calm, "serve", "-c", config.toString(), "-p", "0")) {
            HttpResponse<String> answer = post(program.ready().resolve(CHAT), hi);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                    .contains("4");
        }
    }

    @Test
    void faultsFollowTheConfigurationAndOptions() throws Exception {
        Path config = Files.writeString(folder.resolve("llmsim.toml"), """
                [latency]
                profile = "instant"
                [errors]
                faults = ["drop@event=1", "corrupt@event=1"]
                """);
        String hi = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        try (Program program = Program.start(folder, "serve", "-c", config.toString(), "-p", "0")) {
            assertThat(post(program.ready().resolve(CHAT), hi).headers().firstValue("x-llmsim-fault"))
                    .contains("drop@event=1, corrupt@event=1");
        }
        try (Program program = Program.start(
                folder,
                "serve",
                "-c",
                config.toString(),
                "-p",
                "0",
                "--fault",
                "error@event=2",
                "--fault",
                "stall@frame=1;for=1ms")) {
            HttpResponse<String> answer = post(program.ready().resolve(CHAT), hi);
            assertThat(answer.headers().firstValue("x-llmsim-fault")).contains("error@event=2, stall@frame=1;for=1ms");
            assertThat(answer.body()).contains("on purpose");
        }
    }

    @Test
    void playsTheScriptOfTheConfigurationFromTheWorkingDirectory() throws Exception {
        Files.writeString(folder.resolve("agent.json"), """
                {"turns": [{"type": "assistant", "text": "from the script", "speed": 1}]}
                """);
        Path config = Files.writeString(folder.resolve("llmsim.toml"), """
                [latency]
                profile = "instant"
                [response]
                script_path = "agent.json"
                """);
        try (Program program = Program.start(folder, "serve", "-c", config.toString(), "-p", "0")) {
            HttpResponse<String> answer = post(
                    program.ready().resolve(CHAT),
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
            assertThat(answer.body()).contains("\"content\":\"from the script\"");
            assertThat(answer.headers().firstValue("x-llmsim-source")).contains("script");
            program.terminate();
            assertThat(program.end().err())
                    .contains("llmsim: warning: script: agent.json:1: turns[0].speed: unknown, it has no effect")
                    .contains("POST " + CHAT + " 200 script");
        }
    }

    @Test
    void recordingsAnswerFirst() throws Exception {
        Path shipped = Path.of("cassettes").toAbsolutePath();
        try (Program program = Program.start(
                folder, "serve", shipped.toString(), "-p", "0", "--latency-profile", "instant", "--pace", "instant")) {
            URI address = program.ready();
            String recorded = "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of Mexico?\"}]}";

            assertThat(post(address.resolve(CHAT), recorded).headers().firstValue("x-llmsim-source"))
                    .contains("recorded");
            assertThat(post(address.resolve(CHAT), recorded.replace("Mexico", "France"))
                            .headers()
                            .firstValue("x-llmsim-source"))
                    .contains("synthetic");
        }
    }

    @Test
    void replayFallsBackToTheSimulatorAndSaysSo() throws Exception {
        String shipped = Path.of("cassettes").toAbsolutePath().toString();
        String unknown = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"never recorded\"}]}";
        Map<String, String> noCi = Map.of("CI", "");
        try (Program program = Program.start(folder, noCi, "replay", shipped, "--port", "0", "--pace", "instant")) {
            URI address = program.ready();
            HttpResponse<String> answer = post(address.resolve(CHAT), unknown);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-llmsim-source")).contains("synthetic");
            assertThat(post(address.resolve("/openai/v1/audio/speech"), "{}").statusCode())
                    .isEqualTo(424);
            program.terminate();
            assertThat(program.end().err())
                    .contains("llmsim: warning: no recording answers POST /v1/chat/completions for openai")
                    .contains("llmsim: 1 request was not recorded and answered by the simulator");
        }
        try (Program program = Program.start(folder, Map.of("CI", "true"), "replay", shipped, "--port", "0")) {
            assertThat(post(program.ready().resolve(CHAT), unknown).statusCode())
                    .isEqualTo(424);
        }
    }

    private static HttpResponse<String> post(URI uri, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
