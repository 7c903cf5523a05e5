package dev.llmsim.match;

import static dev.llmsim.match.Asked.CHAT;
import static dev.llmsim.match.Asked.CONVERSE;
import static dev.llmsim.match.Asked.GEMINI;
import static dev.llmsim.match.Asked.MESSAGES;
import static dev.llmsim.match.Asked.RESPONSES;
import static dev.llmsim.match.Asked.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.match.NearMiss.Candidate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NearMissTest {
    private static final String BODY = """
            {'model':'m','temperature':1,'tools':[{'name':'t'}],'stream':true,'messages':[
            {'role':'system','content':'Be brief.'},{'role':'user','content':'one'},
            {'role':'assistant','content':'two'},{'role':'user','content':'three'}]}""";

    static Stream<Arguments> causes() {
        return Stream.of(
                edit("'m'", "'n'", Cause.MODEL, "/model", "\"m\"", "\"n\""),
                edit(
                        "Be brief.",
                        "Be long.",
                        Cause.SYSTEM_PROMPT,
                        "/messages/0/content",
                        "\"Be brief.\"",
                        "\"Be long.\""),
                edit("'t'", "'u'", Cause.TOOLS, "/tools/0/name", "\"t\"", "\"u\""),
                edit("three", "four", Cause.MESSAGE_EDITED, "/messages/3/content", "\"three\"", "\"four\""),
                edit("one", "won", Cause.MESSAGE_EDITED, "/messages/1/content", "\"one\"", "\"won\""),
                edit("'temperature':1,", "", Cause.PARAMETER, "/temperature", "1", "absent"),
                edit("'temperature':1,", "'temperature':1,'seed':7,", Cause.PARAMETER, "/seed", "absent", "7"),
                edit("'stream':true", "'stream':false", Cause.STREAM_FLAG, "/stream", "true", "absent"),
                edit(
                        "'three'}",
                        "'three'},{'role':'user','content':'x'}",
                        Cause.EXTRA_TURN,
                        "/messages/4",
                        "absent",
                        "{\"content\":\"x\",\"role\":\"user\"}"),
                edit(
                        "{'role':'user','content':'one'},",
                        "{'role':'user','content':'0'},{'role':'user','content':'one'},",
                        Cause.EXTRA_TURN,
                        "/messages/1",
                        "absent",
                        "{\"content\":\"0\",\"role\":\"user\"}"),
                edit(
                        ",{'role':'user','content':'three'}",
                        "",
                        Cause.MISSING_TURN,
                        "/messages/3",
                        "{\"content\":\"three\",\"role\":\"user\"}",
                        "absent"),
                edit(
                        "{'role':'user','content':'one'},",
                        "",
                        Cause.MISSING_TURN,
                        "/messages/1",
                        "{\"content\":\"one\",\"role\":\"user\"}",
                        "absent"));
    }

    private static Arguments edit(String from, String to, Cause cause, String... place) {
        return Arguments.of(BODY.replace(from, to), cause, List.of(place));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void namesTheCauseAndThePlace(String asked, Cause cause, List<String> place) {
        Difference first = miss(post(CHAT, asked), post(CHAT, BODY)).first().orElseThrow();

        assertThat(first).isEqualTo(new Difference(cause, place.get(0), place.get(1), place.get(2)));
    }

    static Stream<Arguments> routes() {
        return Stream.of(
                route(post("/v1/chat/completions", "{}"), post("/v2/chat/completions", "{}"), Cause.ROUTE, "path"),
                route(post(CHAT + "?a=1", "{}"), post(CHAT + "?a=2", "{}"), Cause.ROUTE, "query a"),
                route(post(CHAT + "?b=1", "{}"), post(CHAT + "?a=2&b=1", "{}"), Cause.ROUTE, "query a"),
                route(post(CHAT + "?a=2&b=1", "{}"), post(CHAT + "?b=1", "{}"), Cause.ROUTE, "query a"),
                route(post(GEMINI, "{}"), post(GEMINI.replace("2.5", "3"), "{}"), Cause.MODEL, "path"),
                route(
                        post(GEMINI, "{}"),
                        post(GEMINI.replace(":generate", ":streamGenerate"), "{}"),
                        Cause.STREAM_FLAG,
                        "path"),
                route(post(CONVERSE, "{}"), post(CONVERSE + "-stream", "{}"), Cause.STREAM_FLAG, "path"),
                route(post(CONVERSE, "{}"), post("/model/n/converse", "{}"), Cause.MODEL, "path"),
                route(
                        post(MESSAGES, Headers.of("anthropic-beta", "a"), "{}"),
                        post(MESSAGES, Headers.of("anthropic-beta", "b"), "{}"),
                        Cause.HEADERS,
                        "header anthropic-beta"),
                route(
                        post(MESSAGES, "{'system':'a'}"),
                        post(MESSAGES, "{'system':'b'}"),
                        Cause.SYSTEM_PROMPT,
                        "/system"),
                route(
                        post(RESPONSES, "{'instructions':'a'}"),
                        post(RESPONSES, "{'instructions':'b'}"),
                        Cause.SYSTEM_PROMPT,
                        "/instructions"),
                route(post("/x", "plain"), post("/x", "other"), Cause.OTHER, ""),
                route(post("/x", "[1]"), post("/x", "[2]"), Cause.OTHER, "/0"));
    }

    private static Arguments route(Request recorded, Request asked, Cause cause, String place) {
        return Arguments.of(recorded, asked, cause, place);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void namesWhatElseDiffers(Request recorded, Request asked, Cause cause, String place) {
        Difference first = miss(asked, recorded).first().orElseThrow();

        assertThat(first.cause()).isEqualTo(cause);
        assertThat(first.place()).isEqualTo(place);
        assertThat(first.recorded()).isNotEqualTo(first.asked());
    }

    @Test
    void looksIntoToolArguments() {
        String made =
                "{'messages':[{'tool_calls':[{'id':'a','function':{'arguments':'{\\\"city\\\":\\\"Rome\\\"}'}}]}]}";

        Difference first = miss(post(CHAT, made.replace("Rome", "Oslo")), post(CHAT, made))
                .first()
                .orElseThrow();

        assertThat(first.place()).isEqualTo("/messages/0/tool_calls/0/function/arguments/city");
        assertThat(first.recorded()).isEqualTo("\"Rome\"");
        assertThat(first.asked()).isEqualTo("\"Oslo\"");
    }

    @Test
    void findsTheLongestCommonConversation() {
        List<Candidate> candidates = List.of(
                candidate("none", BODY.replace("one", "ONE")),
                candidate("two", BODY.replace("two", "TWO")),
                candidate("three", BODY.replace("three", "THREE").replace("'m'", "'n'")),
                candidate("first", BODY.replace("Be brief", "BE BRIEF")));

        NearMiss nearest = NearMiss.find(Normaliser.canonical(post(CHAT, BODY)), candidates)
                .orElseThrow();

        assertThat(nearest.recordingId()).isEqualTo("three");
        assertThat(nearest.sharedTurns()).isEqualTo(3);
        assertThat(nearest.first().orElseThrow().cause()).isEqualTo(Cause.MODEL);
        assertThat(nearest.otherPlaces()).isEqualTo(1);
    }

    @Test
    void prefersTheSameRouteThenTheMostSimilarText() {
        String asked = "{'messages':[{'role':'user','content':'What is the capital of France?'}]}";
        List<Candidate> candidates = List.of(
                new Candidate("route", Normaliser.canonical(post("/api" + CHAT, asked))),
                candidate("far", asked.replace("What is", "Where is")),
                candidate("near", asked.replace("France", "Spain")));

        assertThat(NearMiss.find(Normaliser.canonical(post(CHAT, asked)), candidates)
                        .orElseThrow()
                        .recordingId())
                .isEqualTo("near");
    }

    @Test
    void hasNothingToSayWithoutCandidates() {
        assertThat(NearMiss.find(Normaliser.canonical(post(CHAT, BODY)), List.of()))
                .isEmpty();
    }

    @Test
    void saysThatNothingDiffers() {
        NearMiss same = miss(post(CHAT, BODY), post(CHAT, BODY));

        assertThat(same.first()).isEmpty();
        assertThat(same.render()).contains("No difference in content.");
    }

    @Test
    void namesTheUpstreamWhereNothingElseDiffers() {
        Request asked = post(CHAT, BODY);
        Request elsewhere = new Request("openai", "POST", CHAT, Headers.EMPTY, asked.body());

        assertThat(miss(asked, elsewhere).first())
                .contains(new Difference(Cause.ROUTE, "upstream", "\"openai\"", "\"up\""));
    }

    @Test
    void doesNotCountHeadersThatAreUnknown() {
        Request asked = post(CHAT, Headers.of("openai-beta", "x"), "{}");

        assertThat(miss(asked, post(CHAT, Headers.UNKNOWN, "{}")).first()).isEmpty();
    }

    @Test
    void rendersOneReadableText() {
        String text = miss(
                        post(CHAT, BODY.replace("three", "four").replace("'temperature':1", "'temperature':2")),
                        post(CHAT, BODY))
                .render();

        assertThat(text).isEqualTo("""
                        Nearest recording: id (3 of its 4 turns are the same from the beginning)
                        First difference: message 4 edited, at /messages/3/content
                          recorded: "three"
                          asked:    "four"
                        1 more place differs.
                        Remedy: keep dates, ids and paths in it fixed if they change from run to run, or record this one \
                        (llmsim auto records what is missing; llmsim record records everything anew)""");
    }

    @Test
    void showsAtMostTwoHundredCharactersOfAValueAroundTheDifference() {
        String secretive = "x".repeat(5_000) + "SAME" + "y".repeat(5_000);
        Request recorded = post(CHAT, "{'messages':[{'role':'user','content':'" + secretive + "'}]}");
        Request asked =
                post(CHAT, "{'messages':[{'role':'user','content':'" + secretive.replace("SAME", "ELSE") + "'}]}");

        Difference first = miss(asked, recorded).first().orElseThrow();

        assertThat(first.recorded())
                .hasSizeLessThanOrEqualTo(200)
                .contains("SAME")
                .startsWith("…")
                .endsWith("…");
        assertThat(first.asked()).hasSizeLessThanOrEqualTo(200).contains("ELSE");
    }

    @Test
    void showsAtMostTwoHundredCharactersWhereverTheyStand() {
        String huge = "h".repeat(3_000);
        List<Request> asked = List.of(
                post(CHAT, "{'" + huge + "':1}"),
                post(CHAT, "{'model':'" + huge + "'}"),
                post(CHAT, "{'tools':[{'a':['" + huge + "']}]}"),
                post("/" + huge, "{}"),
                post(CHAT + "?" + huge + "=" + huge, "{}"),
                post(CHAT, Headers.of("openai-beta", huge), "{}"),
                post(CHAT, huge));

        for (Request request : asked) {
            for (NearMiss miss : List.of(miss(request, post(CHAT, "{}")), miss(post(CHAT, "{}"), request))) {
                Difference first = miss.first().orElseThrow();
                assertThat(first.place()).hasSizeLessThanOrEqualTo(200);
                assertThat(first.recorded()).hasSizeLessThanOrEqualTo(200);
                assertThat(first.asked()).hasSizeLessThanOrEqualTo(200);
            }
        }
    }

    @Test
    void escapesNamesInPointers() {
        Difference first =
                miss(post(CHAT, "{'a/b~c':1}"), post(CHAT, "{}")).first().orElseThrow();

        assertThat(first.place()).isEqualTo("/a~1b~0c");
    }

    private static Candidate candidate(String id, String body) {
        return new Candidate(id, Normaliser.canonical(post(CHAT, body)));
    }

    private static NearMiss miss(Request asked, Request recorded) {
        return NearMiss.find(Normaliser.canonical(asked), List.of(new Candidate("id", Normaliser.canonical(recorded))))
                .orElseThrow();
    }
}
