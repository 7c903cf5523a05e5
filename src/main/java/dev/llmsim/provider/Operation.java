package dev.llmsim.provider;

import static dev.llmsim.provider.Dialect.ANTHROPIC;
import static dev.llmsim.provider.Dialect.BEDROCK;
import static dev.llmsim.provider.Dialect.COHERE;
import static dev.llmsim.provider.Dialect.GEMINI;
import static dev.llmsim.provider.Dialect.OLLAMA;
import static dev.llmsim.provider.Dialect.OPENAI;
import static dev.llmsim.provider.Dialect.RAW;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a request asks for, told by its method and path.
 *
 * @param dialect the wire format of the request, of its answer and of errors
 * @param id a short name of {@code a-z}, {@code 0-9} and {@code -}: {@code openai-chat}; where the path tells nothing
 *     {@code UPSTREAM-METHOD-PATH}, for example {@code openai-get-v1-models}
 */
public record Operation(Dialect dialect, String id) {
    private static final int MAX_ID_LENGTH = 64;

    /** Sources: WIRE-FORMATS sections 2 to 4 and 6 to 11. The first that matches decides. */
    private static final List<PathPattern> POSTS = List.of(
            PathPattern.of(OPENAI, "openai-chat", "chat/completions"),
            PathPattern.of(OPENAI, "openai-completions", "completions"),
            PathPattern.of(OPENAI, "openai-responses", "v1/responses"),
            PathPattern.of(OPENAI, "openai-responses", "openai/responses"),
            PathPattern.of(OPENAI, "openai-responses", "/responses"),
            PathPattern.of(OPENAI, "openai-responses-input-tokens", "responses/input_tokens"),
            PathPattern.of(OPENAI, "openai-responses-compact", "responses/compact"),
            PathPattern.of(OPENAI, "openai-responses-cancel", "responses/*/cancel"),
            PathPattern.of(OLLAMA, "ollama-embeddings", "api/embeddings"),
            PathPattern.of(OPENAI, "openai-embeddings", "embeddings"),
            PathPattern.of(OPENAI, "openai-moderations", "moderations"),
            PathPattern.of(OPENAI, "openai-images-generations", "images/generations"),
            PathPattern.of(OPENAI, "openai-images-edits", "images/edits"),
            PathPattern.of(OPENAI, "openai-images-variations", "images/variations"),
            PathPattern.of(OPENAI, "openai-audio-speech", "audio/speech"),
            PathPattern.of(OPENAI, "openai-audio-transcriptions", "audio/transcriptions"),
            PathPattern.of(OPENAI, "openai-audio-translations", "audio/translations"),
            PathPattern.of(ANTHROPIC, "anthropic-messages", "v1/messages"),
            PathPattern.of(ANTHROPIC, "anthropic-messages", "/messages"),
            PathPattern.of(ANTHROPIC, "anthropic-count-tokens", "messages/count_tokens"),
            PathPattern.of(ANTHROPIC, "anthropic-batches", "messages/batches"),
            PathPattern.of(GEMINI, "gemini-generate-content", "models/*:generateContent"),
            PathPattern.of(GEMINI, "gemini-stream-generate-content", "models/*:streamGenerateContent"),
            PathPattern.of(GEMINI, "gemini-count-tokens", "models/*:countTokens"),
            PathPattern.of(GEMINI, "gemini-embed-content", "models/*:embedContent"),
            PathPattern.of(GEMINI, "gemini-batch-embed-contents", "models/*:batchEmbedContents"),
            PathPattern.of(GEMINI, "gemini-predict", "models/*:predict"),
            PathPattern.of(BEDROCK, "bedrock-converse", "model/*/converse"),
            PathPattern.of(BEDROCK, "bedrock-converse-stream", "model/*/converse-stream"),
            PathPattern.of(BEDROCK, "bedrock-invoke", "model/*/invoke"),
            PathPattern.of(BEDROCK, "bedrock-invoke-stream", "model/*/invoke-with-response-stream"),
            PathPattern.of(BEDROCK, "bedrock-count-tokens", "model/*/count-tokens"),
            PathPattern.of(COHERE, "cohere-chat", "v2/chat"),
            PathPattern.of(COHERE, "cohere-embed", "v2/embed"),
            PathPattern.of(COHERE, "cohere-rerank", "v2/rerank"),
            PathPattern.of(OLLAMA, "ollama-chat", "api/chat"),
            PathPattern.of(OLLAMA, "ollama-generate", "api/generate"),
            PathPattern.of(OLLAMA, "ollama-embed", "api/embed"),
            PathPattern.of(OLLAMA, "ollama-show", "api/show"));

    private static final List<PathPattern> OTHERS = List.of(
            PathPattern.of(OPENAI, "openai-chat-stored", "chat/completions"),
            PathPattern.of(OPENAI, "openai-chat-stored", "chat/completions/*"),
            PathPattern.of(OPENAI, "openai-models", "v1beta/openai/models"),
            PathPattern.of(OPENAI, "openai-model", "v1beta/openai/models/*"),
            PathPattern.of(OPENAI, "openai-chat-messages", "chat/completions/*/messages"),
            PathPattern.of(OPENAI, "openai-responses-stored", "v1/responses/*"),
            PathPattern.of(OPENAI, "openai-responses-input-items", "responses/*/input_items"),
            PathPattern.of(ANTHROPIC, "anthropic-batches", "messages/batches"),
            PathPattern.of(ANTHROPIC, "anthropic-batch", "messages/batches/*"),
            PathPattern.of(ANTHROPIC, "anthropic-batch-results", "messages/batches/*/results"),
            PathPattern.of(OLLAMA, "ollama-tags", "api/tags"),
            PathPattern.of(OLLAMA, "ollama-ps", "api/ps"),
            PathPattern.of(OLLAMA, "ollama-version", "api/version"));

    /**
     * Headers that change what is answered. {@code content-type} and {@code content-encoding} say how to read the body;
     * the others select a version, a beta, a part of a stored object, a step of an upload or a guard.
     */
    private static final List<String> MEANING = List.of(
            "anthropic-beta",
            "anthropic-version",
            "openai-beta",
            "api-version",
            "x-api-version",
            "x-goog-upload-command",
            "x-goog-upload-offset",
            "x-goog-upload-protocol",
            "x-amzn-bedrock-guardrailidentifier",
            "x-amzn-bedrock-guardrailversion",
            "x-amzn-bedrock-performanceconfig-latency",
            "x-amzn-bedrock-service-tier",
            "x-amzn-bedrock-trace",
            "content-encoding",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "prefer",
            "range");

    private static final Set<String> MEANING_BY_NAME = Set.copyOf(MEANING);

    /** The operation of {@code request}, whose upstream speaks {@code upstreamDialect} where the path does not tell. */
    public static Operation of(Request request, Dialect upstreamDialect) {
        Operation told = byPath(request.method(), request.path());
        return told.dialect() != RAW ? told : new Operation(upstreamDialect, describedId(request));
    }

    /** What method and path alone tell: nothing about the upstream goes in. {@code RAW} and {@code other} if nothing. */
    public static Operation byPath(String method, String rawPath) {
        List<String> path = PathSegments.of(rawPath);
        for (PathPattern pattern : method.equals("POST") ? POSTS : OTHERS) {
            if (pattern.matches(path)) {
                return new Operation(pattern.dialect(), pattern.operation());
            }
        }
        return new Operation(RAW, "other");
    }

    /** Whether a header of this lower-case name may take part in matching, whatever its value. */
    public static boolean takesPartInMatching(String lowerCaseName) {
        return lowerCaseName.equals("content-type") || MEANING_BY_NAME.contains(lowerCaseName);
    }

    /**
     * The lines of {@code headers} that take part in matching, in their order. {@code content-type} is among them only
     * where it says more than JSON in UTF-8.
     */
    public static Headers matchHeaders(Headers headers) {
        return headers.filter(header -> {
            String name = header.lowerCaseName();
            return name.equals("content-type") ? !isPlainJson(header.value()) : MEANING_BY_NAME.contains(name);
        });
    }

    private static boolean isPlainJson(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    private static String describedId(Request request) {
        String words = request.upstream() + "-" + request.method() + "-" + request.path();
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < words.length() && id.length() < MAX_ID_LENGTH; i++) {
            char c = Character.toLowerCase(words.charAt(i));
            boolean kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (kept) {
                id.append(c);
            } else if (id.length() > 0 && id.charAt(id.length() - 1) != '-') {
                id.append('-');
            }
        }
        int end = id.length();
        return id.substring(0, end > 0 && id.charAt(end - 1) == '-' ? end - 1 : end);
    }
}
