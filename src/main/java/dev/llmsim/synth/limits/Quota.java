package dev.llmsim.synth.limits;

import dev.llmsim.provider.simulation.RateLimit;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much each API key may use each model.
 *
 * @param perMinute what is limited; nothing else is
 */
public record Quota(Map<RateLimit, Long> perMinute) {
    /** No limits. */
    public static final Quota NONE = new Quota(Map.of());

    /** Beyond it the arithmetic would lose single tokens. */
    private static final long MOST = 1_000_000_000_000L;

    public Quota {
        perMinute = Map.copyOf(perMinute);
        perMinute.forEach((limit, most) -> {
            if (most < 1 || most > MOST) {
                throw new IllegalArgumentException(
                        name(limit) + " per minute: " + most + " (expected: 1 to " + MOST + ")");
            }
        });
    }

    private static String name(RateLimit limit) {
        return limit.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /** The same, with {@code most} a minute of {@code limit}. */
    public Quota with(RateLimit limit, long most) {
        Map<RateLimit, Long> more = new EnumMap<>(RateLimit.class);
        more.putAll(perMinute);
        more.put(limit, most);
        return new Quota(more);
    }

    public boolean isNone() {
        return perMinute.isEmpty();
    }
}
