package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.timing.Pace;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sessions never see each other, whatever they ask and when (law 7); what they share is what was recorded. */
class SessionsIsolationTest {
    private static final int SESSIONS = 64;
    private static final String CHAT =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story.\"}]}";
    private static final String PATH = "/openai/v1/chat/completions";

    @TempDir
    private Path folder;

    /** What one session asks, in order, over a connection of its own. */
    private static List<String> asked(LlmSim gateway, String id, int times) throws Exception {
        List<String> answers = new ArrayList<>();
        try (RawConnection client = connection(gateway)) {
            for (int i = 0; i < times; i++) {
                client.send(request("/s/" + id + PATH));
                RawMessage answer = client.readMessage();
                assertThat(answer.startLine()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(answer.header("x-llmsim-session")).isEqualTo(id);
                answers.add(answer.text());
            }
        }
        return answers;
    }

    private static RawConnection connection(LlmSim gateway) throws Exception {
        return RawConnection.to(new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort()));
    }

    private static String request(String path, String... headers) {
        List<String> lines = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(headers));
        lines.add("Content-Length: " + CHAT.length());
        return head(lines.toArray(String[]::new)) + CHAT;
    }

    private static Map<String, List<String>> together(LlmSim gateway, int times) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(SESSIONS);
        try {
            CyclicBarrier start = new CyclicBarrier(SESSIONS);
            Map<String, Future<List<String>>> running = new TreeMap<>();
            for (int i = 0; i < SESSIONS; i++) {
                String id = "test-" + i;
                running.put(id, pool.submit(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    return asked(gateway, id, times);
                }));
            }
            Map<String, List<String>> answers = new TreeMap<>();
            for (Map.Entry<String, Future<List<String>>> one : running.entrySet()) {
                answers.put(one.getKey(), one.getValue().get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    private static LlmSim simulator() {
        return LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
    }

    /** All but the time of day: the id, which is drawn anew for each call, and what is said. */
    private static List<String> drawn(List<String> answers) throws Exception {
        List<String> drawn = new ArrayList<>();
        for (String answer : answers) {
            JsonNode json = Conversation.JSON.readTree(answer);
            drawn.add(json.get("id") + " " + json.get("choices") + json.get("usage"));
        }
        return drawn;
    }

    @Test
    void sixtyFourSessionsAtOnceAreAnsweredAsEachIsAlone() throws Exception {
        Map<String, List<String>> alone = new TreeMap<>();
        try (LlmSim one = simulator()) {
            for (int i = 0; i < SESSIONS; i++) {
                alone.put("test-" + i, drawn(asked(one, "test-" + i, 3)));
            }
        }
        Map<String, List<String>> atOnce = new TreeMap<>();
        try (LlmSim other = simulator()) {
            for (Map.Entry<String, List<String>> session : together(other, 3).entrySet()) {
                atOnce.put(session.getKey(), drawn(session.getValue()));
            }
        }

        assertThat(atOnce).isEqualTo(alone);
        assertThat(alone.values().stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void sixtyFourSessionsAtOnceGetAllRepeatsOfARecordingInOrder() throws Exception {
        int repeats = 5;
        record(repeats);
        try (LlmSim replay =
                LlmSim.builder(Mode.REPLAY).store(folder).pace(Pace.INSTANT).start()) {
            Map<String, List<String>> answers = together(replay, repeats + 1);

            assertThat(answers).hasSize(SESSIONS);
            assertThat(answers.values()).containsOnly(List.of("1", "2", "3", "4", "5", "5"));
            try (LlmSimSession session = replay.session("test-0")) {
                assertThat(session.requestsBySource()).containsKey("recorded");
            }
            assertThat(asked(replay, "test-0", 2)).containsExactly("1", "2");
        }
    }

    /** Records as many answers to one request: 1, 2, 3 ... */
    private void record(int repeats) throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (RawUpstream upstream = counting(count, new LinkedBlockingQueue<>());
                LlmSim record = recorder(upstream, Mode.RECORD)) {
            for (int i = 0; i < repeats; i++) {
                asked(record, "recording", 1);
            }
        }
    }

    private LlmSim recorder(RawUpstream upstream, Mode mode) {
        return LlmSim.builder(mode)
                .store(folder)
                .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                .start();
    }

    private static RawUpstream counting(AtomicInteger count, BlockingQueue<RawMessage> received) throws Exception {
        return RawUpstream.start(connection -> {
            received.add(connection.readMessage());
            String body = String.valueOf(count.incrementAndGet());
            connection.send(head("HTTP/1.1 200 OK", "Connection: close", "Content-Length: " + body.length()) + body);
        });
    }

    @Test
    void theUpstreamLearnsNothingOfSessionsAndMatchingIgnoresThem() throws Exception {
        BlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = counting(new AtomicInteger(), received);
                LlmSim auto = recorder(upstream, Mode.AUTO);
                RawConnection client = connection(auto)) {
            client.send(request("/s/b" + PATH, "x-llmsim-session: a", "Authorization: Bearer llmsim-c"));
            RawMessage answer = client.readMessage();
            assertThat(answer.header("x-llmsim-session")).isEqualTo("a");
            assertThat(answer.header("x-llmsim-source")).isEqualTo("upstream");

            RawMessage sent = received.take();
            assertThat(sent.startLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(sent.head()).contains("Authorization: Bearer llmsim-c");
            assertThat(sent.head().toLowerCase(Locale.ROOT)).doesNotContain("x-llmsim");
            await().until(() -> {
                client.send(request(PATH, "x-llmsim-session: other"));
                return client.readMessage().header("x-llmsim-source").equals("recorded");
            });
        }
    }

    @Test
    void aSessionThatIsForgottenInUseEndsWhatItBegan() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    asked.countDown();
                    go.await();
                    connection.send(head("HTTP/1.1 200 OK", "Connection: close", "Content-Length: 2") + "ok");
                });
                LlmSim passing = LlmSim.builder(Mode.PASSTHROUGH)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start();
                RawConnection client = connection(passing)) {
            client.send(request("/s/short" + PATH));
            asked.await();
            assertThat(SessionsWireTest.ask(passing.address(), "GET /llmsim/sessions/short", "")
                            .text())
                    .contains("\"open\":1");
            passing.session("short").close();
            go.countDown();

            RawMessage answer = client.readMessage();
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.header("x-llmsim-session")).isEqualTo("short");
            assertThat(passing.session("short").requestsBySource()).isEmpty();
        }
    }
}
