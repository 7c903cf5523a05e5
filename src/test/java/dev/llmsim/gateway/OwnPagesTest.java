package dev.llmsim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.mode.Decider;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.Mode;
import dev.llmsim.mode.Session;
import dev.llmsim.mode.Sessions;
import dev.llmsim.telemetry.Counters;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see the gateway's own pages, by the address of the client, the host that was asked for, and the token. */
class OwnPagesTest {
    private static final String TOKEN = "a-token-of-some-length";

    private static OwnAnswer ask(String token, String client, String host, String authorization) throws Exception {
        return ask("GET /llmsim/stats", token, new Asker(client, host, authorization));
    }

    private record Asker(String client, String host, String authorization) {}

    private static OwnAnswer ask(String line, String token, Asker asker) throws Exception {
        String[] parts = line.split(" ", 2);
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(parts[0]), parts[1]);
        String host = asker.host();
        String authorization = asker.authorization();
        request.headers().set("host", host);
        if (!authorization.equals("none")) {
            request.headers().set("authorization", authorization);
        }
        GatewayConfig config = GatewayConfig.at("0.0.0.0", 0).withAdminToken(token.equals("none") ? "" : token);
        return new OwnPages(config, PARTS)
                .visit(request, parts[1], new InetSocketAddress(InetAddress.getByName(asker.client()), 40_000))
                .orElseThrow()
                .answer()
                .apply(Bytes.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "none,         127.0.0.1, localhost,    none,            200",
        "none,         ::1,       [::1]:8080,   none,            200",
        TOKEN + ",     127.0.0.1, localhost,    none,            200",
        "none,         192.0.2.7, 192.0.2.1,    none,            403",
        "none,         192.0.2.7, 192.0.2.1,    Bearer ,         403",
        "none,         192.0.2.7, 192.0.2.1,    Bearer none,     403",
        TOKEN + ",     192.0.2.7, 192.0.2.1,    none,            401",
        TOKEN + ",     192.0.2.7, 192.0.2.1,    Bearer wrong,    401",
        TOKEN + ",     192.0.2.7, 192.0.2.1,    Basic " + TOKEN + ", 401",
        TOKEN + ",     192.0.2.7, 192.0.2.1,    Bearer " + TOKEN + "x, 401",
        TOKEN + ",     192.0.2.7, 192.0.2.1,    Bearer " + TOKEN + ",  200",
        TOKEN + ",     192.0.2.7, 192.0.2.1,    bearer  " + TOKEN + ", 200",
        TOKEN + ",     2001:db8::7, [2001:db8::1]:80, Bearer " + TOKEN + ", 200",
        TOKEN + ",     192.0.2.7, evil.example, Bearer " + TOKEN + ",  403",
        TOKEN + ",     127.0.0.1, evil.example, none,            403",
    })
    void areShownToThisMachineAndToHoldersOfTheToken(
            String token, String client, String host, String authorization, int status) throws Exception {
        OwnAnswer answer = ask(token, client, host, authorization);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().first("www-authenticate"))
                .isEqualTo(status == 401 ? Optional.of("Bearer realm=\"llmsim\"") : Optional.empty());
        String text = answer.body().utf8();
        assertThat(text).startsWith("{").doesNotContain(TOKEN);
        if (status != 200) {
            assertThat(text).contains("(expected: ");
        }
        if (status != 200 && !host.equals("evil.example")) {
            assertThat(text).contains("LLMSIM_ADMIN_TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /llmsim/sessions",
                "POST /llmsim/sessions",
                "GET /llmsim/sessions/default",
                "DELETE /llmsim/sessions/default",
                "GET /llmsim/unknown",
            })
    void areAllGuardedAlike(String line) throws Exception {
        Session usual = PARTS.sessions().usual();
        int before = PARTS.sessions().count();

        assertThat(ask(line, TOKEN, new Asker("192.0.2.7", "192.0.2.1", "none")).status())
                .isEqualTo(401);
        assertThat(ask(line, "none", new Asker("192.0.2.7", "192.0.2.1", "none"))
                        .status())
                .isEqualTo(403);
        assertThat(ask(line, TOKEN, new Asker("127.0.0.1", "evil.example", "none"))
                        .status())
                .isEqualTo(403);
        assertThat(PARTS.sessions().usual()).isSameAs(usual);
        assertThat(PARTS.sessions().count()).isEqualTo(before);
        assertThat(ask(line, TOKEN, new Asker("192.0.2.7", "192.0.2.1", "Bearer " + TOKEN))
                        .status())
                .isIn(200, 201, 204, 404);
    }

    private static final GatewayParts PARTS = new GatewayParts(
            new Decider() {
                @Override
                public Mode mode() {
                    return Mode.REPLAY;
                }

                @Override
                public Decision decideByHead(Request head, Session session) {
                    throw new AssertionError("pages are not decided about");
                }

                @Override
                public CompletionStage<Decision> decide(Request request, Session session) {
                    throw new AssertionError("pages are not decided about");
                }
            },
            new Sessions(1),
            new KeptCaptures(),
            (ctx, request, respond, whenDone) -> {
                throw new AssertionError("pages are not played");
            },
            new Routes() {
                @Override
                public Optional<Route> route(String target) {
                    return Optional.empty();
                }

                @Override
                public List<String> names() {
                    return List.of();
                }
            },
            (dialect, status, message) -> new Envelopes.Envelope(
                    Headers.of("content-type", "application/json"), Bytes.utf8("{\"message\":\"" + message + "\"}")),
            RequestLog.NONE,
            Map.of(),
            new Counters());
}
