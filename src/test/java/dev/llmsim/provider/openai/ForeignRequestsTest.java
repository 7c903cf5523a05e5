package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.traffic.RealTraffic;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services that took over OpenAI's API get requests with fields of their own: a plain answer, where they are not wrong. */
class ForeignRequestsTest {
    static Stream<RealTraffic.Interaction> requests() {
        List<RealTraffic.Interaction> requests = RealTraffic.all().stream()
                .filter(one -> one.uri().endsWith("/chat/completions")
                        && !one.uri().startsWith("https://api.openai.com/")
                        && !one.requestBody().isEmpty())
                .toList();
        assertThat(requests).hasSizeGreaterThan(50);
        return requests.stream();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void areAnswered(RealTraffic.Interaction recorded) {
        URI uri = URI.create(recorded.uri());
        Request request = new Request(
                uri.getScheme() + "://" + uri.getAuthority(),
                "POST",
                uri.getPath(),
                Headers.of("content-type", "application/json"),
                recorded.requestBody());

        Asked asked = Asked.ask(Asked.saying("x"), request);

        assertThat(asked.answer().status()).as(recorded.file() + asked.text()).isEqualTo(200);
        assertThat(asked.answer().headers().contains("openai-organization")).isFalse();
        assertThat(asked.text()).doesNotContain("\"obfuscation\"");
    }
}
