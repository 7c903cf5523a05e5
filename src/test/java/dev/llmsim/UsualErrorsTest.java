package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Surface;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each provider says where nothing more is known than the status, in its own words and envelope. */
class UsualErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gemini|401|400|{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\",\"domain\":\"googleapis.com\"",
                "cohere|401|401|\"message\":\"invalid api token\"}",
                "cohere|429|429|\"message\":\"You are past the per minute request limit, please wait and try again later.\"}",
                "bedrock|429|429|{\"message\":\"Too many requests, please wait before trying again.\"}",
                "bedrock|503|503|{\"message\":\"Bedrock is unable to process your request.\"}",
                "azure|401|401|{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key or wrong API endpoint. Make sure",
                "anthropic|529|529|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"",
            })
    void isToldAsTheProviderTellsIt(String upstream, int status, int told, String within) {
        Request request = new Request(upstream, "POST", "/v1/chat/completions", Headers.EMPTY, Bytes.EMPTY);
        Dialect dialect = Upstreams.wellKnown().byName(upstream).orElseThrow().dialect();
        Surface surface = Surfaces.all().stream()
                .filter(one -> one.dialect() == dialect && one.isFor(request))
                .findFirst()
                .orElseThrow();

        Answer answer = surface.error(surface.usualError(status));
        assertThat(answer.status()).isEqualTo(told);
        assertThat(answer.pieces().get(0).bytes().utf8()).contains(within);
    }
}
