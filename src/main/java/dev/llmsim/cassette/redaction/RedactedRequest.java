package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Request;

/**
 * A request that may be written.
 *
 * @param request content-decoded (where that cannot be done it keeps its {@code content-encoding}, and a digest stands for its body),
 *     its headers only those that take part in matching, its secrets replaced by placeholders
 * @param secrets what the placeholders stand for; memory only
 * @param changed whether anything was replaced by a placeholder
 */
public record RedactedRequest(Request request, Secrets secrets, boolean changed) {}
