package dev.llmsim.bench;

import java.util.ArrayList;
import java.util.List;

/** The bytes that the ceiling sends, that recordings hold, and that clients ask with: those of OpenAI's chat API. All ASCII. */
final class Payloads {
    static final String CHAT_PATH = "/v1/chat/completions";

    private static final int JSON_BYTES = 1024;
    private static final int REQUEST_BYTES = 2048;
    private static final String WORDS = "The quick brown fox jumps over the lazy dog while seven wizards watch. ";

    private Payloads() {}

    /** A chat completion of 1 KB. */
    static String completion() {
        String before =
                """
                {"id":"chatcmpl-BENCH000000000000000000000001","object":"chat.completion","created":1759436814,\
                "model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"role":"assistant","content":\"""";
        String after =
                """
                ","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":420,"completion_tokens":100,"total_tokens":520},\
                "service_tier":"default","system_fingerprint":"fp_cbf1785567"}""";
        return before + text(JSON_BYTES - before.length() - after.length()) + after;
    }

    /** A streamed chat completion of {@code count} events, each with its empty line; the last is the terminator. */
    static List<String> events(int count) {
        List<String> events = new ArrayList<>(count);
        for (int i = 0; i < count - 1; i++) {
            events.add(
                    """
                    data: {"id":"chatcmpl-BENCH000000000000000000000002","object":"chat.completion.chunk",\
                    "created":1759436814,"model":"gpt-4o-2024-08-06","service_tier":"default",\
                    "system_fingerprint":"fp_cbf1785567","choices":[{"index":0,"delta":{"content":" token%04d"},\
                    "logprobs":null,"finish_reason":null}]}

                    """
                            .formatted(i));
        }
        events.add("data: [DONE]\n\n");
        return events;
    }

    /** The body of a chat request of 2 KB that asks for question {@code number}. */
    static String request(int number, boolean streamed) {
        return request("Question %06d. ".formatted(number), REQUEST_BYTES, streamed ? ",\"stream\":true" : "");
    }

    /** The body of a chat request of {@code bytes} whose conversation begins with {@code opening}. */
    static String request(String opening, int bytes, String more) {
        String before =
                "{\"model\":\"gpt-4o\",\"temperature\":0.7,\"messages\":[{\"role\":\"system\",\"content\":\"" + opening;
        String after = "\"},{\"role\":\"user\",\"content\":\"What do the wizards see?\"}]" + more + "}";
        return before + text(Math.max(0, bytes - before.length() - after.length())) + after;
    }

    private static String text(int bytes) {
        return WORDS.repeat(bytes / WORDS.length() + 1).substring(0, bytes);
    }
}
