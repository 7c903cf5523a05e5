package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.provider.simulation.Surface;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.synth.errors.ErrorRates;
import dev.llmsim.synth.limits.Quota;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private final SynthState state = new SynthState(1);

    /** A small API: a chat, a model by id, and what goes wrong. */
    private record Small(Dialect dialect, List<Endpoint> endpoints) implements Surface {
        static Small of(Dialect dialect, String chat) {
            Endpoint chatting = Endpoint.of(chat, "POST", "v1/" + chat, Small::chat);
            return new Small(
                    dialect,
                    List.of(
                            chat.equals("chat") ? chatting : chatting.echoingAll(),
                            Endpoint.of(
                                    "model",
                                    "GET",
                                    "models/*",
                                    call -> text(call.variables().get(0))),
                            Endpoint.of("refusing", "POST", "v1/refusing", call -> {
                                throw new ApiErrorException(
                                        422, "no: " + call.json().path("why").asText());
                            }),
                            Endpoint.of(
                                    "broken",
                                    "POST",
                                    "v1/broken",
                                    call -> text(
                                            List.of("a").get(call.variables().size() + 1)))));
        }

        private static Answer chat(Call call) {
            Prompt prompt = Asking.prompt("gpt-4o", call.json().path("prompt").asText());
            Reply reply = call.engine().reply(prompt);
            return text(reply.first().text() + "|" + call.engine().nowSeconds() + "|"
                    + call.engine().ids().hex("", 8));
        }

        private static Answer text(String text) {
            return Answer.json(200, Json.object().put("text", text), Work.NONE);
        }

        @Override
        public Answer error(ApiError error) {
            return Answer.json(error.status(), Json.object().put("error", error.message()), Work.NONE)
                    .with(error.headers());
        }

        @Override
        public ApiError unknown(Request request) {
            return ApiError.of(404, "unknown: " + request.path());
        }
    }

    private final Simulator simulator = new Simulator(
            List.of(
                    Small.of(Dialect.OPENAI, "chat"),
                    Small.of(Dialect.OPENAI, "responses"),
                    Small.of(Dialect.ANTHROPIC, "messages")),
            new SynthSettings(new Generator.Echo(), 100, ToolUse.MENTIONED, SynthSettings.DEFAULT.catalogue()));

    @Test
    void theEndpointOfTheDialectAnswers() {
        assertThat(text(ask(Dialect.OPENAI, "POST", "/v1/chat", "{\"prompt\":\"hi\"}")))
                .startsWith("Echo: hi|1770000000|");
        assertThat(text(ask(Dialect.OPENAI, "POST", "/v1/responses?x=1", "{\"prompt\":\"hi\"}")))
                .startsWith("Echo: user: hi|");
        assertThat(text(ask(Dialect.ANTHROPIC, "POST", "/v1/messages", "{\"prompt\":\"hi\"}")))
                .startsWith("Echo: user: hi|");
        assertThat(text(ask(Dialect.OPENAI, "GET", "/models/a%2Fb", ""))).isEqualTo("a/b");
    }

    @Test
    void aDialectWithoutASurfaceIsNotAnswered() {
        assertThat(simulator.answer(request("POST", "/v1/chat", "{}"), Dialect.GEMINI, state, Asking.NOW))
                .isEmpty();
    }

    @Test
    void unknownPathsAreTheSurfacesOwn404() {
        Answer answer = ask(Dialect.OPENAI, "POST", "/v1/audio/speech", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(body(answer)).contains("unknown: /v1/audio/speech");
    }

    @Test
    void aKnownPathWithAnotherMethodIs405() {
        Answer answer = ask(Dialect.OPENAI, "DELETE", "/v1/chat", "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(body(answer)).contains("Not allowed to DELETE on /v1/chat");
        assertThat(answer.headers().first("allow")).contains("POST");
    }

    @Test
    void refusalsAndBugsComeInTheEnvelope() {
        Answer refused = ask(Dialect.OPENAI, "POST", "/v1/refusing", "{\"why\":\"because\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(body(refused)).isEqualTo("{\"error\":\"no: because\"}");

        assertThat(ask(Dialect.OPENAI, "POST", "/v1/chat", "[]").status()).isEqualTo(400);

        Answer broken = ask(Dialect.OPENAI, "POST", "/v1/broken", "{}");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(body(broken)).contains("The server had an error").doesNotContain("Index");
    }

    @Test
    void codedBodiesAreReadAsWhatTheyMean() throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
            gzip.write("{\"prompt\":\"hi\"}".getBytes(StandardCharsets.UTF_8));
        }
        Request request = new Request(
                "openai", "POST", "/v1/chat", Headers.of("Content-Encoding", "gzip"), Bytes.wrap(coded.toByteArray()));

        assertThat(text(simulator
                        .answer(request, Dialect.OPENAI, state, Asking.NOW)
                        .orElseThrow()))
                .startsWith("Echo: hi|");
        assertThat(simulator
                        .answer(request.withBody(Bytes.utf8("{}")), Dialect.OPENAI, state, Asking.NOW)
                        .orElseThrow()
                        .status())
                .isEqualTo(415);
    }

    @Test
    void eachCallHasIdsOfItsOwnAndSessionsWithTheSameSeedTheSame() {
        String first = text(ask(Dialect.OPENAI, "POST", "/v1/chat", "{\"prompt\":\"hi\"}"));
        String second = text(ask(Dialect.OPENAI, "POST", "/v1/chat", "{\"prompt\":\"hi\"}"));
        Optional<Answer> elsewhere = simulator.answer(
                request("POST", "/v1/chat", "{\"prompt\":\"hi\"}"), Dialect.OPENAI, new SynthState(1), Asking.NOW);

        assertThat(second).isNotEqualTo(first);
        assertThat(text(elsewhere.orElseThrow())).isEqualTo(first);
    }

    @Test
    void errorsAreInjectedWhereAModelWouldWorkAndNowhereElse() {
        Simulator failing = new Simulator(
                List.of(Small.of(Dialect.OPENAI, "chat")),
                SynthSettings.DEFAULT,
                new Conditions(new ErrorRates(0, 0, 1, Duration.ofSeconds(5), 0, 0), Quota.NONE));

        Simulator.Injected injected = failing.injected(request("POST", "/v1/chat", "{}"), Dialect.OPENAI, state)
                .orElseThrow();
        assertThat(injected.answer().status()).isEqualTo(504);
        assertThat(injected.delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failing.injected(request("GET", "/models/a", ""), Dialect.OPENAI, state))
                .isEmpty();
        assertThat(failing.injected(request("POST", "/v1/unknown", ""), Dialect.OPENAI, state))
                .isEmpty();
        assertThat(failing.injected(request("POST", "/v1/chat", "{}"), Dialect.GEMINI, state))
                .isEmpty();
        assertThat(simulator.injected(request("POST", "/v1/chat", "{}"), Dialect.OPENAI, state))
                .isEmpty();
    }

    @Test
    void sessionsDrawTheirOwnErrorsAndWithTheSameSeedTheSame() {
        assertThat(statuses(new SynthState(5)))
                .isEqualTo(statuses(new SynthState(5)))
                .isNotEqualTo(statuses(new SynthState(6)))
                .contains(0, 429);
    }

    private static List<Integer> statuses(SynthState session) {
        Simulator failing = new Simulator(
                List.of(Small.of(Dialect.OPENAI, "chat")),
                SynthSettings.DEFAULT,
                new Conditions(ErrorRates.RATE_LIMITED, Quota.NONE));
        return IntStream.range(0, 50)
                .map(i -> failing.injected(request("POST", "/v1/chat", "{}"), Dialect.OPENAI, session)
                        .map(injected -> injected.answer().status())
                        .orElse(0))
                .boxed()
                .toList();
    }

    @Test
    void aPromptBeyondTheLimitIsRefusedBeforeItIsAnswered() {
        Simulator limited = new Simulator(
                List.of(Small.of(Dialect.OPENAI, "chat")),
                SynthSettings.DEFAULT,
                new Conditions(ErrorRates.NONE, Quota.NONE.with(RateLimit.TOKENS, 20)));
        Request brief = request("POST", "/v1/chat", "{\"prompt\":\"hi\"}");
        Request lengthy = request("POST", "/v1/chat", "{\"prompt\":\"" + "word ".repeat(50) + "\"}");

        assertThat(limited.answer(lengthy, Dialect.OPENAI, state, Asking.NOW)
                        .orElseThrow()
                        .status())
                .isEqualTo(429);
        assertThat(limited.answer(brief, Dialect.OPENAI, state, Asking.NOW)
                        .orElseThrow()
                        .status())
                .isEqualTo(200);
    }

    private Answer ask(Dialect dialect, String method, String target, String body) {
        return simulator
                .answer(request(method, target, body), dialect, state, Asking.NOW)
                .orElseThrow();
    }

    private static Request request(String method, String target, String body) {
        return new Request("openai", method, target, Headers.EMPTY, Bytes.utf8(body));
    }

    private static String body(Answer answer) {
        return answer.pieces().get(0).bytes().utf8();
    }

    private static String text(Answer answer) {
        try {
            return Json.parse(body(answer)).path("text").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
