package dev.llmsim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionNamingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "/openai/v1/models                  | accept: x                              | none",
                "/openai/v1/models                  | x-llmsim-session: a                    | a",
                "/openai/v1/models                  | X-LLMSIM-Session: a                    | a",
                "/s/b/openai/v1/models              | accept: x                              | b",
                "//s//b//openai/v1/models           | accept: x                              | b",
                "/s/b/openai/v1/models              | x-llmsim-session: a                    | a",
                "/s/b/openai/v1/models              | authorization: Bearer llmsim-c         | b",
                "/s/b                               | accept: x                              | b",
                "/s/b?c                             | accept: x                              | b",
                "/s/                                | accept: x                              | ''",
                "/s                                 | accept: x                              | none",
                "/sb/openai                         | accept: x                              | none",
                "/openai/s/b                        | accept: x                              | none",
                "/openai/v1/models                  | authorization: Bearer llmsim-c         | c",
                "/openai/v1/models                  | Authorization: bearer  llmsim-c        | c",
                "/openai/v1/models                  | authorization: Bearer sk-llmsim-c      | none",
                "/openai/v1/models                  | authorization: Basic llmsim-c          | none",
                "/openai/v1/models                  | authorization: llmsim-c                | none",
                "/openai/v1/models                  | authorization: Bearer llmsim-          | ''",
                "/openai/v1/models                  | authorization: Bearer LLMSIM-c         | none",
                "/anthropic/v1/messages             | x-api-key: llmsim-d                    | d",
                "/azure/openai                      | api-key: llmsim-e                      | e",
                "/gemini/v1beta/models              | x-goog-api-key: llmsim-f               | f",
                "/gemini/v1beta/models?key=llmsim-g | accept: x                              | g",
                "/gemini/v1?alt=sse&key=llmsim-g&k=1 | accept: x                             | g",
                "/gemini/v1?monkey=llmsim-g         | accept: x                              | none",
                "/gemini/v1?key=AIza                | accept: x                              | none",
                "/key=llmsim-g                      | accept: x                              | none",
            })
    void isReadFromHeaderPathAndKeyInThisOrder(String target, String header, @Nullable String id) {
        SessionNaming naming = SessionNaming.of(request(target, header), target);

        assertThat(naming == null ? null : naming.id()).isEqualTo(id);
    }

    @Test
    void severalHeadersNameNone() {
        HttpRequest request = request("/openai/v1/models", "x-llmsim-session: a");
        request.headers().add("x-llmsim-session", "b");
        SessionNaming naming = Objects.requireNonNull(SessionNaming.of(request, request.uri()));

        assertThat(naming.objection())
                .isEqualTo("session in the header x-llmsim-session: \"a, b\" (expected: an id of 1 to"
                        + " 128 letters, digits, '-', '_' and '.')");
    }

    @Test
    void aKeyIsNotShown() {
        HttpRequest request = request("/openai", "authorization: Bearer llmsim-not+an+id");
        SessionNaming naming = Objects.requireNonNull(SessionNaming.of(request, request.uri()));

        assertThat(naming.objection()).contains("API key llmsim-ID").doesNotContain("not+an+id");
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/v1?x=1, /openai/v1?x=1",
        "/s/b/openai/v1?x=1, /openai/v1?x=1",
        "//s//b//openai/v1, //openai/v1",
        "/s/b, /",
        "/s/b?x, /?x",
        "/s/a/s/b/openai, /s/b/openai",
        "/s/../openai, /openai",
    })
    void thePrefixIsTakenOffOnce(String target, String rest) {
        assertThat(SessionPrefix.without(target)).isEqualTo(rest);
    }

    @Test
    void aTargetWithoutItIsNotCopied() {
        String target = "/openai/v1/models";

        assertThat(SessionPrefix.without(target)).isSameAs(target);
    }

    private static HttpRequest request(String target, String header) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, target);
        int colon = header.indexOf(':');
        request.headers()
                .set(header.substring(0, colon), header.substring(colon + 1).strip());
        return request;
    }
}
