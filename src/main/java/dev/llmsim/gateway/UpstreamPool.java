package dev.llmsim.gateway;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Upstream connections that wait for their next request, by event loop and origin. What belongs to a loop is only touched on
 * that loop. A connection is dropped when it closes, when anything arrives on it, and after its idle time.
 */
final class UpstreamPool {
    private static final int MAX_IDLE_PER_ORIGIN = 64;

    private final Map<EventLoop, Map<String, Deque<UpstreamConnection>>> idle = new ConcurrentHashMap<>();

    /** Takes the connection that was used last. */
    Optional<UpstreamConnection> take(EventLoop loop, String key) {
        Deque<UpstreamConnection> waiting = waiting(loop, key);
        UpstreamConnection found = waiting.pollLast();
        while (found != null && !found.channel().isActive()) {
            found = waiting.pollLast();
        }
        if (found != null) {
            found.reusing();
        }
        return Optional.ofNullable(found);
    }

    /** Keeps {@code connection} for at most {@code limit}. */
    void give(UpstreamConnection connection, Duration limit) {
        EventLoop loop = connection.channel().eventLoop();
        Deque<UpstreamConnection> waiting = waiting(loop, connection.poolKey());
        if (!connection.channel().isActive() || limit.isZero() || waiting.size() >= MAX_IDLE_PER_ORIGIN) {
            connection.close();
            return;
        }
        waiting.addLast(connection);
        Runnable drop = () -> {
            waiting.remove(connection);
            connection.close();
        };
        connection.idleUntil(loop.schedule(drop, limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    private Deque<UpstreamConnection> waiting(EventLoop loop, String key) {
        return idle.computeIfAbsent(loop, any -> new HashMap<>()).computeIfAbsent(key, any -> new ArrayDeque<>());
    }
}
