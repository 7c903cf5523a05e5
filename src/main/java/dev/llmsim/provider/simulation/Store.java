package dev.llmsim.provider.simulation;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a surface keeps from call to call of one session. It is bounded: what was least recently used goes first, so that
 * anything may be gone. Safe for use by several threads; values should be immutable.
 */
public interface Store {
    /**
     * Keeps {@code value} in place of what was there.
     *
     * @param bytes what it takes, about
     */
    void put(String key, Object value, long bytes);

    /** What is kept under {@code key}; empty where it is nothing, or of another type. */
    <T> Optional<T> find(String key, Class<T> type);

    /** Puts {@code change} of it in its place, in one step; what is there from then on, or empty where nothing was. */
    <T> Optional<T> update(String key, Class<T> type, UnaryOperator<T> change);

    /** Whether there was something to remove. */
    boolean remove(String key);
}
