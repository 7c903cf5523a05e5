package dev.llmsim.gateway;

import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.gateway.playback.Played;
import dev.llmsim.mode.Decider;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.Mode;
import dev.llmsim.mode.Session;
import dev.llmsim.mode.Sessions;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;
import dev.llmsim.telemetry.Counters;
import dev.llmsim.testkit.RawConnection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A running gateway with one upstream, {@code up}, and what it recorded and logged. */
final class Gateway implements AutoCloseable {
    final KeptCaptures captures = new KeptCaptures();
    final List<RequestLog.Line> lines = new CopyOnWriteArrayList<>();

    /** Runs on the loop of each exchange that has ended, before its line is there. */
    volatile Runnable whenEnded = () -> {};

    final Counters counters = new Counters();
    final Sessions sessions = new Sessions(1);
    final GatewayServer server;

    private Gateway(GatewayConfig config, Decider decider, Routes routes, Player player) {
        this(config, decider, routes, player, Transport.best());
    }

    private Gateway(GatewayConfig config, Decider decider, Routes routes, Player player, Transport transport) {
        Envelopes envelopes = (dialect, status, message) -> new Envelopes.Envelope(
                Headers.of("content-type", "application/json"),
                Bytes.utf8("{\"error\":{\"dialect\":\"" + dialect.id() + "\",\"status\":" + status + ",\"message\":\""
                        + message.replace("\"", "'") + "\"}}"));
        server = GatewayServer.start(
                config,
                new GatewayParts(
                        decider, sessions, captures, player, routes, envelopes, this::ended, Map.of(), counters),
                transport);
    }

    /** Records everything sent to {@code /up/}, which stands for {@code base}. */
    static Gateway recording(URI base) {
        return recording(base, GatewayConfig.at("127.0.0.1", 0));
    }

    static Gateway recording(URI base, GatewayConfig config) {
        return recording(base, config, Transport.best());
    }

    static Gateway recording(URI base, GatewayConfig config, Transport transport) {
        Upstream upstream = new Upstream("up", base, Dialect.OPENAI);
        return new Gateway(
                config,
                new Fixed(Mode.RECORD, request -> new Decision.Forward(upstream, true)),
                routes(upstream),
                Gateway::noPlayer,
                transport);
    }

    /** Passes everything through and keeps nothing. */
    static Gateway passing(URI base) {
        Upstream upstream = upstream(base);
        return new Gateway(
                GatewayConfig.at("127.0.0.1", 0),
                new Fixed(Mode.PASSTHROUGH, request -> new Decision.Forward(upstream, false)),
                routes(upstream),
                Gateway::noPlayer);
    }

    static Gateway recording(URI base, Timeouts timeouts) {
        return recording(base, GatewayConfig.at("127.0.0.1", 0).withTimeouts(timeouts));
    }

    /** A mode that looks up, with {@code decide} for its lookup. */
    static Gateway lookingUp(
            URI base, GatewayConfig config, Player player, Function<Request, CompletionStage<Decision>> decide) {
        Upstream upstream = new Upstream("up", base, Dialect.OPENAI);
        return new Gateway(config, new Asking(decide), routes(upstream), player);
    }

    static Upstream upstream(URI base) {
        return new Upstream("up", base, Dialect.OPENAI);
    }

    private static Routes routes(Upstream upstream) {
        Upstream lost = new Upstream("nowhere", null, Dialect.BEDROCK);
        return new Routes() {
            @Override
            public Optional<Route> route(String target) {
                for (Upstream candidate : List.of(upstream, lost)) {
                    String prefix = "/" + candidate.name();
                    if (target.startsWith(prefix + "/")) {
                        return Optional.of(
                                new Route(candidate, target.substring(prefix.length()), candidate.dialect()));
                    }
                }
                return Optional.empty();
            }

            @Override
            public List<String> names() {
                return List.of("up", "nowhere");
            }
        };
    }

    private static void noPlayer(
            ChannelHandlerContext ctx, HttpRequest request, Decision.Respond respond, Consumer<Played> whenDone) {
        throw new AssertionError("nothing is played in this test");
    }

    private void ended(RequestLog.Line line) {
        whenEnded.run();
        lines.add(line);
    }

    RawConnection client() throws IOException {
        return RawConnection.to(server.address());
    }

    /** The one capture, once it has ended. */
    KeptCaptures.Kept capture() {
        await().until(() -> captures.all.size() == 1 && ended(captures.all.get(0)));
        return captures.all.get(0);
    }

    static boolean ended(KeptCaptures.Kept kept) {
        return kept.ending != null || kept.givenUp != null;
    }

    /** The log line of the first exchange, once it has ended. */
    RequestLog.Line line() {
        await().until(() -> !lines.isEmpty());
        return lines.get(0);
    }

    @Override
    public void close() {
        server.close();
    }

    private record Fixed(Mode mode, Function<Request, Decision> decision) implements Decider {
        @Override
        public Decision decideByHead(Request head, Session session) {
            if (head.target().startsWith("/nowhere") || head.upstream().equals("nowhere")) {
                return new Decision.Forward(new Upstream("nowhere", null, Dialect.BEDROCK), true);
            }
            return decision.apply(head);
        }

        @Override
        public CompletionStage<Decision> decide(Request request, Session session) {
            throw new AssertionError("this mode does not look up");
        }
    }

    private record Asking(Function<Request, CompletionStage<Decision>> decision) implements Decider {
        @Override
        public Mode mode() {
            return Mode.AUTO;
        }

        @Override
        public Decision decideByHead(Request head, Session session) {
            throw new AssertionError("this mode looks up");
        }

        @Override
        public CompletionStage<Decision> decide(Request request, Session session) {
            return decision.apply(request);
        }
    }

    static CompletionStage<Decision> now(Decision decision) {
        return CompletableFuture.completedFuture(decision);
    }

    /** The header lines of {@code head} named {@code name}, as spelled. */
    static List<String> lines(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .toList();
    }
}
