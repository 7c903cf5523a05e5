package dev.llmsim.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * An error as a provider itself would word it, so that its SDKs raise what they raise for the real service.
 *
 * @param headers {@code content-type}, and whatever else the dialect says in headers
 * @param body the JSON body
 */
public record ErrorEnvelope(Headers headers, Bytes body) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes what stands between the outer braces. */
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** {@code message} under {@code status} in the envelope of {@code dialect}. */
    public static ErrorEnvelope render(Dialect dialect, int status, String message) {
        Headers json = Headers.of("content-type", "application/json");
        return switch (dialect) {
            case OPENAI -> new ErrorEnvelope(json, openAi(status, message));
            case ANTHROPIC -> new ErrorEnvelope(json, anthropic(status, message));
            case GEMINI -> new ErrorEnvelope(json, gemini(status, message));
            case BEDROCK ->
                new ErrorEnvelope(json.with("x-amzn-errortype", bedrockType(status)), flat("message", message));
            case COHERE -> new ErrorEnvelope(json, flat("message", message));
            case OLLAMA -> new ErrorEnvelope(json, flat("error", message));
            case RAW -> new ErrorEnvelope(json, raw(status, message));
        };
    }

    private static Bytes openAi(int status, String message) {
        return object(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeStringField("type", openAiType(status));
            json.writeNullField("param");
            json.writeNullField("code");
            json.writeEndObject();
        });
    }

    private static String openAiType(int status) {
        if (status == 429) {
            return "requests";
        }
        return status >= 500 ? "server_error" : "invalid_request_error";
    }

    private static Bytes anthropic(int status, String message) {
        return object(json -> {
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", anthropicType(status));
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    private static Bytes gemini(int status, String message) {
        return object(json -> {
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", status);
            json.writeStringField("message", message);
            json.writeStringField("status", geminiStatus(status));
            json.writeEndObject();
        });
    }

    /** Codes of google.rpc.Code. */
    private static String geminiStatus(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 424 -> "FAILED_PRECONDITION";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 501 -> "UNIMPLEMENTED";
            case 502, 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    }

    private static String bedrockType(int status) {
        return switch (status) {
            case 401, 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 408 -> "ModelTimeoutException";
            case 424 -> "ModelErrorException";
            case 429 -> "ThrottlingException";
            case 502, 503, 504 -> "ServiceUnavailableException";
            default -> status >= 500 ? "InternalServerException" : "ValidationException";
        };
    }

    private static Bytes flat(String name, String message) {
        return object(json -> json.writeStringField(name, message));
    }

    private static Bytes raw(int status, String message) {
        return object(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeNumberField("status", status);
            json.writeEndObject();
        });
    }

    private static Bytes object(Content content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            content.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Bytes.utf8(out.toString());
    }
}
