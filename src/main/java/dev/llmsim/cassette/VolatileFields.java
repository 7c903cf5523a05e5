package dev.llmsim.cassette;

import dev.llmsim.cassette.text.Json;
import dev.llmsim.exchange.Header;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The parts of answers that a provider makes anew each time though nothing has changed: ids, times, fingerprints, padding. */
final class VolatileFields {
    private static final Set<String> NAMES = Set.of(
            "call_id",
            "completed_at",
            "completion_time",
            "created",
            "created_at",
            "createTime",
            "eval_duration",
            "item_id",
            "latencyMs",
            "load_duration",
            "obfuscation",
            "prompt_eval_duration",
            "prompt_time",
            "queue_time",
            "requestId",
            "request_id",
            "responseId",
            "response_id",
            "system_fingerprint",
            "tool_call_id",
            "tool_use_id",
            "total_duration",
            "total_time",
            "updateTime");

    private static final Set<String> HEADERS = Set.of(
            "age",
            "cf-ray",
            "date",
            "etag",
            "expires",
            "inference-id",
            "last-modified",
            "mistral-correlation-id",
            "openai-processing-ms",
            "report-to",
            "request-id",
            "retry-after",
            "server-timing",
            "traceparent",
            "traceresponse",
            "x-amzn-bedrock-invocation-latency",
            "x-amzn-requestid",
            "x-cloud-trace-context",
            "x-envoy-upstream-service-time",
            "x-generation-id",
            "x-kong-request-id",
            "x-kong-proxy-latency",
            "x-kong-upstream-latency",
            "x-request-id");

    private static final Pattern HEADER_FAMILIES = Pattern.compile("(?:x|anthropic)-ratelimit-.*");

    /** An {@code id} made by a machine ({@code msg_01ALwQ87pTS7}), not a name ({@code gpt-4o-2024-08-06}). */
    private static final Pattern GENERATED_ID =
            Pattern.compile("(?:[A-Za-z0-9]++[-_])*+(?=[A-Za-z]*+[0-9])[A-Za-z0-9]{12,}+");

    private VolatileFields() {}

    static boolean isVolatile(Header header) {
        String name = header.name().toLowerCase(Locale.ROOT);
        return HEADERS.contains(name) || HEADER_FAMILIES.matcher(name).matches();
    }

    /** {@code json} with volatile values blanked; each text among them is told to {@code removed}. */
    static Json blank(Json json, Consumer<String> removed) {
        if (json instanceof Json.Array array) {
            return new Json.Array(
                    array.items().stream().map(item -> blank(item, removed)).toList());
        }
        if (json instanceof Json.Struct struct) {
            return new Json.Struct(struct.members().stream()
                    .map(member -> new Json.Member(member.name(), blank(member, removed)))
                    .toList());
        }
        return json;
    }

    private static Json blank(Json.Member member, Consumer<String> removed) {
        Json value = member.value();
        String text = value instanceof Json.Text some ? some.value() : "";
        boolean scalar = value instanceof Json.Text || value instanceof Json.Literal;
        boolean named = NAMES.contains(member.name()) && scalar;
        boolean generated =
                member.name().equals("id") && GENERATED_ID.matcher(text).matches();
        if (!named && !generated) {
            return blank(value, removed);
        }
        removed.accept(text);
        return new Json.Text("");
    }
}
