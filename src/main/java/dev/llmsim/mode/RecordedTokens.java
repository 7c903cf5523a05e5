package dev.llmsim.mode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.provider.framing.Framers;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.synth.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many tokens a recorded exchange is made of.
 *
 * <p>A frame of a stream holds the tokens of the text that is new in it, by the tokenizer of its model: answers, thoughts,
 * arguments of tools. Frames of streams that are not events or lines of JSON count as one token each. The prompt, and an answer
 * that is not streamed, have the tokens that the provider reported; else a quarter of their bytes.
 *
 * @param streamed whether the client sees tokens as they come
 * @param byFrame the new tokens of each frame
 */
record RecordedTokens(int prompt, int completion, boolean streamed, List<Integer> byFrame) {
    private static final int BYTES_OF_A_TOKEN = 4;

    /** Members that hold new text in the events of the known APIs. */
    private static final Set<String> TEXTS = Set.of(
            "content", "text", "thinking", "partial_json", "arguments", "reasoning_content", "reasoning", "response");

    private static final Set<String> PROMPT =
            Set.of("prompt_tokens", "input_tokens", "promptTokenCount", "prompt_eval_count");
    private static final Set<String> CACHED = Set.of("cached_tokens", "cachedContentTokenCount");
    private static final Set<String> COMPLETION =
            Set.of("completion_tokens", "output_tokens", "candidatesTokenCount", "eval_count");

    static RecordedTokens of(Request request, Response response) {
        String type = response.head()
                .flatMap(head -> head.headers().first("content-type"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        boolean streamed = Framers.isStream(type);
        String model = model(request);
        Reported reported = new Reported();
        List<Integer> byFrame = new ArrayList<>();
        if (streamed) {
            for (Frame frame : response.frames()) {
                byFrame.add(tokens(frame, type, model, reported));
            }
        } else {
            parsed(response.body().utf8(), reported);
        }
        int unread = reported.prompt > 0
                ? Math.max(0, reported.prompt - reported.cached)
                : request.body().length() / BYTES_OF_A_TOKEN;
        int completion =
                reported.completion > 0 ? reported.completion : (int) (response.bodyBytes() / BYTES_OF_A_TOKEN);
        return new RecordedTokens(unread, completion, streamed, List.copyOf(byFrame));
    }

    private static int tokens(Frame frame, String type, String model, Reported reported) {
        if (type.contains("eventstream")) {
            return 1;
        }
        StringBuilder fresh = new StringBuilder();
        for (String line : frame.bytes().utf8().split("[\r\n]+")) {
            String json = line.startsWith("data:") ? line.substring("data:".length()) : line;
            if (json.stripLeading().startsWith("{")) {
                fresh.append(text(parsed(json, reported)));
            }
        }
        return fresh.isEmpty() ? 0 : Math.max(1, Tokens.count(model, fresh.toString()));
    }

    private static JsonNode parsed(String json, Reported reported) {
        try {
            JsonNode event = Json.parse(json);
            reported.read(event);
            return event;
        } catch (JsonProcessingException notJson) {
            return Json.object();
        }
    }

    /** What an event adds: the Responses API repeats in its other events what its deltas said. */
    private static String text(JsonNode event) {
        String type = event.path("type").asText();
        if (type.endsWith(".delta")) {
            return event.path("delta").asText();
        }
        if (type.startsWith("response.")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        collect(event, text);
        return text.toString();
    }

    private static void collect(JsonNode node, StringBuilder text) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getValue().isTextual() && TEXTS.contains(member.getKey())) {
                text.append(member.getValue().textValue());
            } else {
                collect(member.getValue(), text);
            }
        }
        if (node.isArray()) {
            node.forEach(element -> collect(element, text));
        }
    }

    private static String model(Request request) {
        String path = request.path();
        int models = path.indexOf("/models/");
        if (models >= 0) {
            return path.substring(models + "/models/".length()).replaceAll("[:/].*", "");
        }
        try {
            return Json.read(request.body()).path("model").asText();
        } catch (IOException notJson) {
            return "";
        }
    }

    /** Whether {@code request} is to a model whose id contains {@code part}. */
    static boolean isToModel(Request request, String part) {
        return model(request).contains(part);
    }

    /** What a provider said of its tokens; the last and largest number counts. */
    private static final class Reported {
        private int prompt;
        private int cached;
        private int completion;

        void read(JsonNode node) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                int number = member.getValue().asInt();
                if (PROMPT.contains(member.getKey())) {
                    prompt = Math.max(prompt, number);
                } else if (CACHED.contains(member.getKey())) {
                    cached = Math.max(cached, number);
                } else if (COMPLETION.contains(member.getKey())) {
                    completion = Math.max(completion, number);
                } else {
                    read(member.getValue());
                }
            }
            if (node.isArray()) {
                node.forEach(this::read);
            }
        }
    }
}
