package dev.llmsim.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What may differ between two requests that mean the same, by {@link dev.llmsim.provider.Operation#id() operation}. An
 * operation that is not named here has no rules: only the spelling of its JSON is free.
 *
 * <p>Defaults are listed only where the provider documents them and they do not depend on the model. Nothing here reaches
 * into schemas, tool arguments or tool results, except to hash base64 at places that hold nothing else.
 */
public final class Rules {
    private static final Map<String, List<Rule>> BY_OPERATION = table();

    private final List<Rule> list;

    private Rules(List<Rule> list) {
        this.list = list;
    }

    /** The rules of the operation with this id. */
    public static Rules of(String operationId) {
        return new Rules(BY_OPERATION.getOrDefault(operationId, List.of()));
    }

    /** All rules as lines of text, by operation id. */
    public static Map<String, List<String>> described() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        BY_OPERATION.forEach((operation, rules) ->
                lines.put(operation, rules.stream().map(Rule::description).toList()));
        return Collections.unmodifiableMap(lines);
    }

    Node apply(Node body) {
        Node result = body;
        for (Rule rule : list) {
            result = rule.apply(result);
        }
        return result;
    }

    private static Map<String, List<Rule>> table() {
        Map<String, List<Rule>> table = new LinkedHashMap<>();
        table.put("openai-chat", openAiChat());
        table.put("openai-responses", openAiResponses());
        table.put("openai-responses-input-tokens", openAiResponses());
        table.put("openai-completions", openAiCompletions());
        table.put("openai-embeddings", new Builder().drop("/user").absent("/encoding_format", "\"float\"").rules);
        table.put(
                "openai-images-generations",
                new Builder().drop("/user").absent("/n", "1").absent("/stream", "false").rules);
        table.put("anthropic-messages", anthropic());
        table.put("anthropic-count-tokens", anthropic());
        table.put("gemini-generate-content", gemini());
        table.put("gemini-stream-generate-content", gemini());
        table.put("bedrock-converse", bedrock());
        table.put("bedrock-converse-stream", bedrock());
        table.put("cohere-chat", cohere());
        table.put("ollama-chat", ollamaChat());
        table.put("ollama-generate", new Builder().absent("/stream", "true").bytes("/images/*").rules);
        table.replaceAll((operation, rules) -> List.copyOf(rules));
        return Collections.unmodifiableMap(table);
    }

    /** Source: WIRE-FORMATS 2.2. Mistral and others write some media as bare strings. */
    private static List<Rule> openAiChat() {
        return new Builder()
                .drop("/user", "/metadata", "/safety_identifier", "/prompt_cache_key")
                .text("/messages/*/content", "text")
                .absent("/stream", "false")
                .absent("/n", "1")
                .absent("/frequency_penalty", "0")
                .absent("/presence_penalty", "0")
                .absent("/logprobs", "false")
                .json("/messages/*/tool_calls/*/function/arguments", "/messages/*/function_call/arguments")
                .bytes("/messages/*/content/*/image_url", "/messages/*/content/*/image_url/url")
                .bytes("/messages/*/content/*/video_url/url", "/messages/*/content/*/audio_url/url")
                .bytes("/messages/*/content/*/file/file_data", "/messages/*/content/*/document_url")
                .bytes("/messages/*/content/*/input_audio", "/messages/*/content/*/input_audio/data")
                .calls("/messages/*/tool_calls/*/id", "/messages/*/tool_call_id")
                .rules;
    }

    /** Source: WIRE-FORMATS 3.2. */
    private static List<Rule> openAiResponses() {
        return new Builder()
                .drop("/user", "/metadata", "/safety_identifier", "/prompt_cache_key")
                .text("/input/*/content", "input_text")
                .userMessage("/input")
                .absent("/input/*/type", "\"message\"")
                .absent("/stream", "false")
                .absent("/background", "false")
                .json("/input/*[type=function_call]/arguments", "/input/*[type=mcp_call]/arguments")
                .bytes("/input/*/content/*/image_url", "/input/*/content/*/file_data")
                .bytes("/input/*/output/*/image_url", "/input/*/output/*/file_data")
                .bytes("/input/*/content/*/input_audio/data", "/input/*[type=image_generation_call]/result")
                .calls("/input/*[type=*_call]/call_id", "/input/*[type=*_output]/call_id")
                .rules;
    }

    /** Source: WIRE-FORMATS 4.5. */
    private static List<Rule> openAiCompletions() {
        return new Builder()
                .drop("/user")
                .absent("/stream", "false")
                .absent("/n", "1")
                .absent("/echo", "false")
                .absent("/frequency_penalty", "0")
                .absent("/presence_penalty", "0")
                .rules;
    }

    /** Source: WIRE-FORMATS 6.2. */
    private static List<Rule> anthropic() {
        String blocks = "/messages/*/content/*";
        return new Builder()
                .drop("/metadata")
                .text("/messages/*/content", "text")
                .text("/system", "text")
                .absent("/stream", "false")
                .bytes(blocks + "/source[type=base64]/data", blocks + "/content/*/source[type=base64]/data")
                .bytes(blocks + "/source/content/*/source[type=base64]/data")
                .calls(blocks + "[type=*tool_use]/id", blocks + "[type=*tool_result]/tool_use_id")
                .rules;
    }

    /** Source: WIRE-FORMATS 7.2. */
    private static List<Rule> gemini() {
        String parts = "/contents/*/parts/*";
        return new Builder()
                .drop("/labels")
                .bytes(parts + "/inlineData/data", parts + "/inline_data/data")
                .bytes(parts + "/functionResponse/parts/*/inlineData/data")
                .bytes("/systemInstruction/parts/*/inlineData/data")
                .calls(parts + "/functionCall/id", parts + "/functionResponse/id")
                .rules;
    }

    /** Source: WIRE-FORMATS 9. */
    private static List<Rule> bedrock() {
        String blocks = "/messages/*/content/*";
        return new Builder()
                .drop("/requestMetadata")
                .bytes(blocks + "/*/source/bytes", blocks + "/toolResult/content/*/*/source/bytes")
                .calls(blocks + "/toolUse/toolUseId", blocks + "/toolResult/toolUseId")
                .rules;
    }

    /** Source: WIRE-FORMATS 11. */
    private static List<Rule> cohere() {
        return new Builder()
                .absent("/stream", "false")
                .json("/messages/*/tool_calls/*/function/arguments")
                .bytes("/messages/*/content/*/image_url/url")
                .calls("/messages/*/tool_calls/*/id", "/messages/*/tool_call_id")
                .rules;
    }

    /** Source: WIRE-FORMATS 8. */
    private static List<Rule> ollamaChat() {
        return new Builder()
                .absent("/stream", "true")
                .bytes("/messages/*/images/*")
                .calls("/messages/*/tool_calls/*/id", "/messages/*/tool_call_id")
                .rules;
    }

    /** Words for rules. */
    private static final class Builder {
        private final List<Rule> rules = new ArrayList<>();

        Builder drop(String... paths) {
            return each(paths, Rule.Drop::new);
        }

        Builder absent(String path, String json) {
            rules.add(new Rule.Default(RulePath.of(path), JsonReader.read(json).orElseThrow()));
            return this;
        }

        Builder text(String path, String partType) {
            rules.add(new Rule.OneTextPart(RulePath.of(path), partType));
            return this;
        }

        Builder userMessage(String path) {
            return each(new String[] {path}, Rule.OneUserMessage::new);
        }

        Builder json(String... paths) {
            return each(paths, Rule.JsonInText::new);
        }

        Builder bytes(String... paths) {
            return each(paths, Rule.EncodedBytes::new);
        }

        Builder calls(String made, String answered) {
            rules.add(new Rule.CallIds(RulePath.of(made), RulePath.of(answered)));
            return this;
        }

        private Builder each(String[] paths, Function<RulePath, Rule> rule) {
            for (String path : paths) {
                rules.add(rule.apply(RulePath.of(path)));
            }
            return this;
        }
    }
}
