package dev.llmsim.mode;

import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.Dialect;

/**
 * A request that the gateway answers with an error of its own.
 *
 * @param status the HTTP status
 * @param dialect whose error envelope the message is wrapped in
 * @param message what, the offending value, what was expected, what to do
 * @param headers extra headers ({@code x-should-retry: false} on a miss)
 */
public record Refusal(int status, Dialect dialect, String message, Headers headers) {}
