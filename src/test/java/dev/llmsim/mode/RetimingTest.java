package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.timing.LatencyProfile;
import dev.llmsim.timing.ProfileFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetimingTest {
    /** 100 ms to the first token and exactly 10 ms from one to the next. */
    private static final LatencyProfile EVEN = LatencyProfile.ofMillis(100, 0, 10, 0);

    private static final String[] CHAT = {
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" world\"}}]}\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
        "data: [DONE]\n\n"
    };

    @Test
    void aChatStreamLeavesTokenByToken() {
        Response timed = timed(stream(CHAT));

        assertThat(offsets(timed)).containsExactly(100L, 100L, 110L, 110L, 110L);
        assertThat(timed.headMicros()).isEqualTo(100_000);
        assertThat(timed.endMicros()).isEqualTo(110_000);
        assertThat(timed.timing()).isEqualTo(TimingSource.MODELLED);
    }

    @Test
    void anEventOfSeveralTokensTakesAsManyGaps() {
        assertThat(offsets(timed(stream(
                        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"Hi\"}}\n\n",
                        "data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\" one two three\"}}\n\n"))))
                .containsExactly(100L, 130L);
    }

    @Test
    void eventsThatRepeatTheTextTakeNoTime() {
        assertThat(
                        offsets(
                                timed(
                                        stream(
                                                "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n",
                                                "data: {\"type\":\"response.output_text.done\",\"text\":\"Hi there all of you\"}\n\n",
                                                "data: {\"type\":\"response.completed\",\"response\":{\"text\":\"Hi there all of you\"}}\n\n"))))
                .containsExactly(100L, 100L, 100L);
    }

    @Test
    void aWholeAnswerComesAfterAllOfItsTokens() {
        Response whole = response(
                "application/json",
                "{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":21},\"choices\":[{\"message\":{\"content\":\"x\"}}]}");

        assertThat(offsets(timed(whole))).containsExactly(300L);
    }

    @Test
    void aCutStreamIsStillCut() {
        Response whole = stream(CHAT[0], CHAT[1]);
        Response cut = new Response(
                whole.headOrNull(),
                whole.framing(),
                -1,
                whole.frames(),
                Headers.EMPTY,
                TimingSource.RECORDED,
                0,
                9_000_000,
                Ending.UPSTREAM_RESET);

        assertThat(timed(cut).ending()).isEqualTo(Ending.UPSTREAM_RESET);
        assertThat(timed(cut).endMicros()).isEqualTo(100_000);
    }

    /** Recordings of a service of known speed, in virtual time: the fit finds that speed again. */
    @Test
    void aFitFindsTheProfileThatRecordingsWereMadeWith() {
        LatencyProfile known = LatencyProfile.byName("gpt-4o-heavy").orElseThrow();
        Retiming service = new Retiming(known, 42);
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int prompt = 10 + i * 25;
            List<String> events = new ArrayList<>(List.of(CHAT[0]));
            IntStream.range(0, 41).forEach(token -> events.add(CHAT[2]));
            events.add(
                    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":41}}\n\n");
            Response answer = stream(events.toArray(String[]::new));
            recordings.add(new Recording("r-" + i, request(), measured(service.at(request(), answer)), false));
        }

        Observation seen = Observation.of(recordings, "gpt");
        ProfileFit fit = ProfileFit.of("found", seen.streams());

        assertThat(seen.streams()).hasSize(400);
        assertThat(fit.gap().samples()).isEqualTo(400 * 40);
        assertThat(fit.gap().distance()).isLessThan(0.02);
        assertThat(fit.ttft().distance()).isLessThan(0.09);
        assertThat(fit.profile().gap().meanMillis()).isCloseTo(25, within(0.5));
        assertThat(fit.profile().ttft().meanMillis()).isCloseTo(400, within(20.0));
        assertThat(fit.profile().perPromptTokenMillis()).isCloseTo(known.perPromptTokenMillis(), within(0.004));
    }

    @Test
    void whatWasNotMeasuredOrNotStreamedTeachesNothing() {
        Observation seen = Observation.of(
                List.of(
                        new Recording("measured", request(), stream(CHAT), false),
                        new Recording("modelled", request(), timed(stream(CHAT)), false),
                        new Recording("whole", request(), response("application/json", "{}"), false),
                        new Recording("other", Fixtures.request("openai", "{\"model\":\"o3\"}"), stream(CHAT), false)),
                "gpt");

        assertThat(seen.streams()).hasSize(1);
        assertThat(seen.modelled()).isEqualTo(1);
        assertThat(seen.others()).isEqualTo(1);
    }

    private static Request request() {
        return Fixtures.request("openai", "{\"model\":\"gpt-4o\",\"stream\":true}");
    }

    private static Response timed(Response recorded) {
        return new Retiming(EVEN, 1).at(request(), recorded);
    }

    private static List<Long> offsets(Response response) {
        return response.frames().stream()
                .map(frame -> frame.offsetMicros() / 1000)
                .toList();
    }

    private static Response measured(Response response) {
        return new Response(
                response.headOrNull(),
                response.framing(),
                response.declaredBytes(),
                response.frames(),
                response.trailers(),
                TimingSource.RECORDED,
                response.headMicros(),
                response.endMicros(),
                response.ending());
    }

    private static Response stream(String... events) {
        return response("text/event-stream; charset=utf-8", events);
    }

    private static Response response(String type, String... frames) {
        return new Response(
                new ResponseHead(200, "OK", Headers.of("content-type", type)),
                Framing.CHUNKED,
                -1,
                Arrays.stream(frames)
                        .map(text -> new Frame(5, Bytes.utf8(text)))
                        .toList(),
                Headers.EMPTY,
                TimingSource.RECORDED,
                5,
                5,
                Ending.COMPLETE);
    }
}
