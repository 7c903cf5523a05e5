package dev.llmsim.gateway;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a forwarding needs to know of one upstream and of the way to it. */
final class UpstreamAccess {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamAccess.class);

    private final URI base;
    private final UpstreamConnector connector;
    private final Timeouts timeouts;
    private final Refusals refusals;

    UpstreamAccess(URI base, UpstreamConnector connector, Timeouts timeouts, Refusals refusals) {
        this.base = base;
        this.connector = connector;
        this.timeouts = timeouts;
        this.refusals = refusals;
    }

    ServerAddress origin() {
        return ServerAddress.of(base);
    }

    Timeouts timeouts() {
        return timeouts;
    }

    Future<UpstreamConnection> connect(EventLoop loop) {
        return connector.connect(loop, origin());
    }

    HttpRequest request(Exchange exchange, UpstreamConnection connection, boolean continued) {
        return UpstreamRequests.of(
                exchange.wire(),
                new UpstreamRequests.Aim(base, exchange.route().target(), connection.plainProxy(), continued));
    }

    /** Puts {@code connection} back, for as long as it is likely to stay open. */
    void release(UpstreamConnection connection, ForwardedHead answer) {
        Duration limit = timeouts.upstreamKeepAlive();
        String announced = answer.response().headers().get("keep-alive");
        if (announced != null) {
            long seconds = announcedSeconds(announced, limit.toSeconds() + 1);
            Duration safe = Duration.ofSeconds(Math.max(0, seconds - 1));
            limit = safe.compareTo(limit) < 0 ? safe : limit;
        }
        connector.pool().give(connection, limit);
    }

    private static long announcedSeconds(String keepAlive, long otherwise) {
        for (String part : keepAlive.toLowerCase(Locale.ROOT).split(",")) {
            String value = part.trim();
            if (value.matches("timeout=[0-9]{1,9}")) {
                return Long.parseLong(value.substring("timeout=".length()));
            }
        }
        return otherwise;
    }

    UpstreamFailure failure(@Nullable Throwable cause) {
        return cause instanceof UpstreamFailure known ? known : UpstreamFailures.of(origin(), origin(), cause);
    }

    void answerFailure(Exchange exchange, UpstreamFailure failure) {
        LOG.warn("{}", failure.text());
        exchange.become(
                Answered.with(exchange, refusals.of(exchange.route().dialect(), failure.status(), failure.text())));
    }
}
