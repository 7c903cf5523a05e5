package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Request;

/**
 * A request that may be written.
 *
 * @param request content-decoded (its {@code content-encoding} is gone unless it could not be decoded), its headers only
 *     those that take part in matching, its secrets replaced by placeholders
 * @param secrets what the placeholders stand for; memory only
 * @param changed whether anything was replaced by a placeholder
 */
public record RedactedRequest(Request request, Secrets secrets, boolean changed) {}
