package dev.llmsim.provider;

/**
 * Where an absolute URL leads, in the words of a {@link dev.llmsim.exchange.Request}.
 *
 * @param upstream an upstream's name, or the URL's origin where no upstream has it
 * @param target the raw path and query after the upstream's base; starts with {@code /}
 */
public record Located(String upstream, String target) {}
