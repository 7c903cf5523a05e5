package dev.llmsim.match;

import static dev.llmsim.match.Asked.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteAndHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "/a?x=1&y=2, /a?y=2&x=1",
        "/a?x=1&key=AIza, /a?x=1",
        "/a?subscription-key=1&my_client_secret=2, /a",
        "/a?KEY=1&api_key=2&token=3&X-Amz-Signature=4&x-amz-date=5, /a",
        "/a, /a?",
        "/a?x=1&&, /a?x=1",
        "/a?x=%41+b, /a?x=A%20b",
        "/model/us.amazon.nova%3a0/converse, /model/us.amazon.nova:0/converse",
        "/a%2fb, /a%2Fb",
        "/%7Euser, /~user"
    })
    void givesOneKeyToOneRoute(String one, String other) {
        assertThat(key("GET", one)).isEqualTo(key("GET", other));
    }

    @ParameterizedTest
    @CsvSource({
        "/a?x=1&x=2, /a?x=2&x=1",
        "/a?x=1, /a?x=2",
        "/a?x=1, /a?X=1",
        "/a?x=, /a?x",
        "/a?x=1, /a?x=1&y=1",
        "/a?pageToken=1, /a?pageToken=2",
        "/a?alt=sse, /a",
        "/a?x=a%26y=b, /a?x=a&y=b",
        "/a?x=a%2Bb, /a?x=a+b",
        "/a?x=%25zz, /a?x=%zz",
        "/a%2Fb, /a/b",
        "/a%252Fb, /a%2Fb",
        "/a/b, /a/c",
        "/A, /a",
        "/a+b, /a%20b",
        "/v1/models/a, /v1/models/b"
    })
    void givesTwoKeysToTwoRoutes(String one, String other) {
        assertThat(key("GET", one)).isNotEqualTo(key("GET", other));
    }

    @Test
    void tellsMethodsApart() {
        assertThat(key("GET", "/a")).isNotEqualTo(key("DELETE", "/a")).isNotEqualTo(key("HEAD", "/a"));
    }

    @Test
    void ignoresHeadersThatChangeNothing() {
        assertThat(keyWith("Authorization", "Bearer a", "x-stainless-retry-count", "1", "traceparent", "x"))
                .isEqualTo(keyWith("user-agent", "b", "idempotency-key", "c", "Content-Type", "application/json"));
    }

    @ParameterizedTest
    @CsvSource({
        "Anthropic-Beta, 'a,b', anthropic-beta, ' b , a ,a'",
        "OpenAI-Beta, assistants=v2, openai-beta, 'assistants=v2'"
    })
    void readsBetasAsASet(String name, String value, String otherName, String otherValue) {
        assertThat(keyWith(name, value)).isEqualTo(keyWith(otherName, otherValue));
    }

    @Test
    void readsSplitHeaderLinesAsOneList() {
        assertThat(keyWith("anthropic-beta", "a", "anthropic-beta", "b")).isEqualTo(keyWith("anthropic-beta", "b,a"));
    }

    @ParameterizedTest
    @CsvSource({"anthropic-version", "anthropic-beta", "openai-beta", "api-version", "range", "x-goog-upload-command"})
    void countsHeadersThatChangeTheAnswer(String name) {
        assertThat(keyWith(name, "1")).isNotEqualTo(keyWith(name, "2")).isNotEqualTo(keyWith());
    }

    @Test
    void unknownHeadersHaveTheKeyThatALiveRequestHasWithoutThem() {
        Request live =
                post("/v1/messages", Headers.of("anthropic-version", "2023-06-01", "x-api-key", "k"), "{\"a\":1}");
        Request imported = post("/v1/messages", Headers.UNKNOWN, "{ \"a\": 1.0 }");

        assertThat(Normaliser.contentKey(imported)).isEqualTo(Normaliser.contentKeyWithoutHeaders(live));
        assertThat(Normaliser.contentKey(imported)).isNotEqualTo(Normaliser.contentKey(live));
        assertThat(Normaliser.canonical(imported).hasHeaders()).isFalse();
    }

    @Test
    void unknownHeadersAreNotNoHeaders() {
        assertThat(Normaliser.contentKey(post("/a", Headers.UNKNOWN, "{}")))
                .isNotEqualTo(Normaliser.contentKey(post("/a", Headers.EMPTY, "{}")));
    }

    private static Key key(String method, String target) {
        return Normaliser.contentKey(new Request("up", method, target, Headers.EMPTY, Bytes.EMPTY));
    }

    private static Key keyWith(String... headers) {
        return Normaliser.contentKey(post("/v1/messages", Headers.of(headers), "{}"));
    }
}
