package dev.llmsim.cli;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.LlmSim;
import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.exchange.Recording;
import dev.llmsim.testkit.RawAnswer;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a user starts it: what it prints, how it stops, and its exit codes. */
class ServingProcessTest {
    private static final String SHIPPED = Path.of("cassettes").toAbsolutePath().toString();
    private static final String VCR = Path.of("src/test/resources/real-traffic/anthropic")
            .toAbsolutePath()
            .toString();
    private static final String STREAM =
            head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");

    private static final String KEY = "sk-ant-api03-Q7xT2mVb9LpR4wZs8NcY";

    @TempDir
    private Path folder;

    @Test
    void replaysShippedCassettesUntilItIsToldToStop() throws Exception {
        Recording shipped = shipped();
        try (Program program = Program.start(folder, "replay", SHIPPED, "--port", "0", "--pace", "instant")) {
            String line = program.line();
            assertThat(line)
                    .matches("llmsim " + Pattern.quote(LlmSim.version())
                            + " replay listening on http://127\\.0\\.0\\.1:[1-9][0-9]*");
            URI address = URI.create(line.substring(line.indexOf("http://")));
            String body = new String(shipped.response().body().toArray(), ISO_8859_1);
            assertThat(ask(address, request(shipped.request().body().toArray())).body())
                    .isEqualTo(body);
            ask(address, head("GET /openai/v1/keys/" + KEY + " HTTP/1.1", "Host: localhost", "Connection: close"));
            program.terminate();
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .contains("POST /openai/v1/chat/completions 200 recorded canonical ")
                    .contains("GET /openai/v1/keys/%7B%7Bsecret%3Aanthropic%231%7D%7D 424 ")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void takesOptionsFromVariables() throws Exception {
        Map<String, String> variables =
                Map.of("LLMSIM_PORT", "0", "LLMSIM_QUIET", "1", "LLMSIM_PACE", "instant", "LLMSIM_STRICT", "1");
        try (Program program = Program.start(folder, variables, "replay", SHIPPED)) {
            URI address = program.ready();
            assertThat(address.getPort()).isNotIn(0, 8080);
            assertThat(ask(address, request("missed")).statusLine()).startsWith("HTTP/1.1 424 ");
            program.terminate();
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err()).isEmpty();
        }
    }

    @Test
    void drainsAnOpenStreamOnSigterm() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(STREAM + chunk("data: 1\n\n"));
                    if (!stopping.await(30, TimeUnit.SECONDS)) {
                        throw new AssertionError("the gateway never stopped listening");
                    }
                    connection.send(chunk("data: 2\n\n") + "0\r\n\r\n");
                });
                Program program = record(upstream)) {
            URI address = program.ready();
            try (RawConnection client = Program.client(address)) {
                client.send(request("drained"));
                client.readUntil("data: 1\n\n\r\n");
                program.terminate();
                await().until(() -> isRefused(address));
                stopping.countDown();
                assertThat(client.readToFin()).isEqualTo(chunk("data: 2\n\n") + "0\r\n\r\n");
            }
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("llmsim: recorded 1\n");
        }
        succeed("cassette", "check", "--store", "tape");
    }

    @Test
    void whatIsLoggedWhileStoppingIsPrintedOnOneLine() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        String zipped = head("HTTP/1.1 200 OK", "Content-Encoding: gzip", "Transfer-Encoding: chunked");
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(zipped + chunk("this is not gzip"));
                    if (!stopping.await(30, TimeUnit.SECONDS)) {
                        throw new AssertionError("the gateway never stopped listening");
                    }
                    connection.send("0\r\n\r\n");
                });
                Program program = record(upstream)) {
            URI address = program.ready();
            try (RawConnection client = Program.client(address)) {
                client.send(request("odd"));
                client.readUntil("this is not gzip\r\n");
                program.terminate();
                await().until(() -> isRefused(address));
                stopping.countDown();
                client.readToFin();
            }
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err())
                    .containsPattern("(?m)^llmsim: warning: POST to openai: .* is not kept$")
                    .doesNotContain("dev.llmsim.");
        }
    }

    @Test
    void aSecondSignalCutsWhatIsOpenAndSealsTheTape() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(STREAM + chunk("data: 1\n\n"));
                    connection.readToEnd();
                });
                Program program = record(upstream, "--drain", "10m")) {
            try (RawConnection client = Program.client(program.ready())) {
                client.send(request("cut"));
                client.readUntil("data: 1\n\n\r\n");
                program.terminate();
                await().until(() -> program.err()
                        .contains("llmsim: waiting up to 600 s for 1 open stream; Ctrl-C again to stop now\n"));
                program.terminate();
                assertThat(client.readToEnd().text()).isEmpty();
            }
            Program.Ended ended = program.end();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err())
                    .contains(" gateway-stopped\n")
                    .contains("llmsim: recorded 0")
                    .doesNotContain("client-cancelled");
        }
        succeed("cassette", "check", "--store", "tape");
    }

    private static boolean isRefused(URI address) {
        try (RawConnection probe = Program.client(address)) {
            return probe.socket().isClosed();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void aTapeThatIsHeldExitsWith4AndNamesTheHolder() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 204 No Content"));
                Program first = record(upstream)) {
            first.ready();
            Program.Ended second = Program.run(folder, "record", "--port", "0", "--store", "tape");
            assertFailed(second, 4, "held by", String.valueOf(first.pid()));
        }
    }

    @Test
    void aPortInUseExitsWith3() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertFailed(Program.run(folder, "replay", SHIPPED, "--port", port), 3, "127.0.0.1:" + port);
        }
    }

    @Test
    void nothingToReplayExitsWith8() throws Exception {
        assertFailed(Program.run(folder, "replay", "--port", "0"), 8, "nothing to replay", "llmsim record");
        assertThat(folder.resolve(".llmsim")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay --no-such-option",
                "replay --port x",
                "replay --port 70000 FILE",
                "replay --pace slowly FILE",
                "record --upstream nonsense",
                "record --cassette ../up",
                "cassette",
                "nonsense",
            })
    void whatCannotBeMeantExitsWith2(String arguments) throws Exception {
        Program.Ended ended =
                Program.run(folder, arguments.replace("FILE", SHIPPED).split(" ", -1));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).startsWith("llmsim: ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aDamagedCassetteFileExitsWith6NamingFileAndLine() throws Exception {
        String text = Files.readString(Path.of(SHIPPED, "openai.llm.yaml"));
        Files.writeString(folder.resolve("bad.llm.yaml"), text.replaceFirst("  status: 200", "  status: [200"));
        Program.Ended ended = Program.run(folder, "replay", "bad.llm.yaml", "--port", "0");
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(6);
        assertThat(ended.err()).matches("llmsim: .*bad\\.llm\\.yaml:[0-9]+: .*\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "record --help",
                "replay --help",
                "auto --help",
                "passthrough --help",
                "demo --help",
                "cassette --help",
                "cassette list --help",
                "cassette show --help",
                "cassette check --help",
                "cassette import --help",
                "cassette export --help",
                "--version",
            })
    void helpExitsWith0(String arguments) throws Exception {
        Program.Ended ended = Program.run(folder, arguments.split(" ", -1));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).isNotEmpty();
    }

    @Test
    void whatWasRecordedIsListedShownCheckedExportedAndImported() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(STREAM + chunk("data: said\n\n") + "0\r\n\r\n");
                Program program = record(upstream)) {
            assertThat(ask(program.ready(), request("kept")).body()).isEqualTo("data: said\n\n");
            program.terminate();
            assertThat(program.end().exitCode()).isZero();
        }
        List<String> listed = succeed("cassette", "list", "--store", "tape");
        assertThat(listed).hasSize(2).first().isEqualTo("default: 1 recording");
        String id = listed.get(1).trim().split(" ", 2)[0];
        assertThat(succeed("cassette", "show", id, "--store", "tape")).anyMatch(line -> line.contains("data: said"));
        assertThat(succeed("cassette", "check", "--store", "tape")).containsExactly("1 recordings checked, 0 findings");
        succeed("cassette", "export", "--store", "tape", "--out", "first");
        succeed("cassette", "import", "first", VCR, "--store", "second-tape");
        succeed("cassette", "check", "--store", "second-tape");
        succeed("cassette", "export", "--store", "second-tape", "--out", "second");
        String name = "default.llm.yaml";
        assertThat(folder.resolve("second").resolve(name))
                .hasSameTextualContentAs(folder.resolve("first").resolve(name));
        assertThat(CassetteFiles.read(folder.resolve("second"))).hasSizeGreaterThan(5);
        try (Program replay = Program.start(folder, "replay", "--store", "second-tape", "--port", "0")) {
            assertThat(ask(replay.ready(), request("kept")).body()).isEqualTo("data: said\n\n");
        }
    }

    /** Killed while it is asked without pause: what it had reported as durable by then is there, whole. */
    @Test
    void aKilledRecorderLeavesAnUnfinishedExchangeAndAllThatItReportedDurable() throws Exception {
        long reported;
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    while (!connection.readMessage().text().contains("open")) {
                        connection.send(STREAM + chunk("data: 1\n\n") + "0\r\n\r\n");
                    }
                    connection.send(STREAM + chunk("data: 1\n\n"));
                    connection.readToEnd();
                });
                Program program = record(upstream);
                RawConnection open = Program.client(program.ready())) {
            URI address = URI.create("http://127.0.0.1:" + open.socket().getPort());
            open.send(request("open"));
            open.readUntil("data: 1\n\n\r\n");
            Thread asking = new Thread(() -> askUntilRefused(address));
            asking.start();
            await().until(() -> durable(address) >= 20);
            reported = durable(address);
            program.kill();
            program.end();
            asking.join();
        }
        List<String> checked = succeed("cassette", "check", "--store", "tape");
        assertThat(checked)
                .filteredOn(line -> line.contains("unfinished: POST openai/v1/chat/completions"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("did not live to end it"));
        List<String> listed = succeed("cassette", "list", "--store", "tape");
        assertThat(listed.get(0)).matches("default: [0-9]+ recordings");
        long kept = listed.size() - 1L;
        assertThat(kept).isGreaterThanOrEqualTo(reported);
        assertThat(checked).last().asString().startsWith(kept + " recordings checked, ");
        assertThat(checked).filteredOn(line -> !line.contains("unfinished: ")).hasSize(1);
        try (Program replay =
                Program.start(folder, "replay", "--store", "tape", "--port", "0", "--pace", "instant", "--strict")) {
            URI address = replay.ready();
            for (int i = 0; i < reported; i++) {
                assertThat(ask(address, request("whole " + i)).body()).isEqualTo("data: 1\n\n");
            }
            assertThat(ask(address, request("open")).statusLine()).startsWith("HTTP/1.1 424 ");
        }
    }

    private static void askUntilRefused(URI address) {
        try {
            for (int i = 0; true; i++) {
                ask(address, request("whole " + i));
            }
        } catch (IOException killed) {
            // That is how it ends.
            return;
        }
    }

    private static long durable(URI address) throws IOException {
        try (RawConnection client = Program.client(address)) {
            client.send(head("GET /llmsim/stats HTTP/1.1", "Host: localhost"));
            String stats = client.readMessage().text();
            return Long.parseLong(stats.replaceFirst("(?s).*\"recordings_durable\":([0-9]+).*", "$1"));
        }
    }

    private List<String> succeed(String... arguments) throws Exception {
        Program.Ended ended = Program.run(folder, arguments);
        assertThat(ended.exitCode())
                .as(String.join(" ", arguments) + ": " + ended.out() + ended.err())
                .isZero();
        return ended.out();
    }

    private Program record(RawUpstream upstream, String... more) throws IOException {
        return serve("record", upstream, more);
    }

    private Program serve(String mode, RawUpstream upstream, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(mode, "--port", "0", "--store", "tape", "--upstream", "openai=" + upstream.uri()));
        arguments.addAll(List.of(more));
        return Program.start(folder, arguments.toArray(String[]::new));
    }

    private static void assertFailed(Program.Ended ended, int exitCode, String... said) {
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.err()).startsWith("llmsim: ").contains(said).contains("(expected");
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.out()).isEmpty();
    }

    private static Recording shipped() {
        return CassetteFiles.read(Path.of(SHIPPED)).stream()
                .map(Cassette::recordings)
                .flatMap(List::stream)
                .filter(one -> one.request().target().equals("/v1/chat/completions"))
                .findFirst()
                .orElseThrow();
    }

    private static RawAnswer ask(URI address, String request) throws IOException {
        try (RawConnection client = Program.client(address)) {
            client.send(request);
            return RawAnswer.of(client.readToEnd(), false);
        }
    }

    private static String request(String content) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
        return request(body.getBytes(UTF_8));
    }

    private static String request(byte[] body) {
        return head(
                        "POST /openai/v1/chat/completions HTTP/1.1",
                        "Host: localhost",
                        "Connection: close",
                        "Content-Type: application/json",
                        "Content-Length: " + body.length)
                + new String(body, ISO_8859_1);
    }
}
