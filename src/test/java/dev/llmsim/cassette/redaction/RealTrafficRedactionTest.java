package dev.llmsim.cassette.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.provider.framing.Framer;
import dev.llmsim.provider.framing.Framers;
import dev.llmsim.traffic.RealTraffic;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real traffic, whose recorders had removed the credentials, has nothing to redact: ids, images, prose, code, schemas. */
class RealTrafficRedactionTest {
    private final Redactor redactor = new Redactor();

    @Test
    void changesNothingInTheCorpus() {
        List<String> changed = new ArrayList<>();
        for (RealTraffic.Interaction one : RealTraffic.all()) {
            Request request = request(one);
            RedactedRequest redacted = redactor.redact(request);
            if (redacted.changed() || !redacted.request().body().equals(one.requestBody())) {
                changed.add("request of " + one.file() + ": "
                        + placeholders(redacted.request().target()
                                + redacted.request().headers()
                                + redacted.request().body().utf8()));
            }
            Response response = response(one);
            Response answer = redactor.redact(response, redacted.secrets());
            if (!answer.equals(response)) {
                changed.add("answer of " + one.file() + ": "
                        + placeholders(answer.head() + answer.body().utf8()));
            }
        }
        assertThat(changed).isEmpty();
    }

    private static List<String> placeholders(String text) {
        return java.util.regex.Pattern.compile(".{0,60}\\{\\{secret:[^}]*\\}\\}.{0,20}")
                .matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    private static Request request(RealTraffic.Interaction one) {
        URI uri = URI.create(one.uri());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Request("openai", one.method(), uri.getRawPath() + query, one.requestHeaders(), one.requestBody());
    }

    private static Response response(RealTraffic.Interaction one) {
        Framer framer =
                Framers.forContentType(one.headers().first("content-type").orElse(""));
        List<Frame> frames = new ArrayList<>(framer.feed(one.body(), 0));
        frames.addAll(framer.finish());
        return new Response(
                new ResponseHead(200, "OK", one.headers()),
                Framing.CHUNKED,
                -1,
                frames,
                dev.llmsim.exchange.Headers.EMPTY,
                TimingSource.MODELLED,
                0,
                0,
                Ending.COMPLETE);
    }
}
