package dev.llmsim.provider.simulation;

/** Draws ids and other random texts for one call; with the same seed and request, the same ones in the same order. */
public interface Ids {
    /** {@code prefix} and {@code length} letters and digits. */
    String alphanumeric(String prefix, int length);

    /** {@code prefix} and {@code length} hexadecimal digits. */
    String hex(String prefix, int length);

    /** A random UUID. */
    String uuid();
}
