package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.media.DataUrl;
import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.simulation.Json;
import java.util.List;
import java.util.Locale;

/** Reads one part of a content. */
final class PartReader {
    private static final List<String> OF_THE_SERVICE = List.of("toolCall", "toolResponse", "thoughtSignature");

    private PartReader() {}

    static Part read(Fields part) {
        if (part.has("text")) {
            String text = part.text("text").orElseThrow();
            return part.flag("thought") ? new Part.Thought(text) : new Part.Text(text);
        }
        if (part.has("inlineData")) {
            return inline(part.object("inlineData", "Blob").orElseThrow());
        }
        if (part.has("fileData")) {
            Fields file = part.object("fileData", "FileData").orElseThrow();
            return media(file.text("mimeType").orElse(""), 0);
        }
        if (part.has("functionCall")) {
            return call(part.object("functionCall", "FunctionCall").orElseThrow());
        }
        if (part.has("functionResponse")) {
            return result(part.object("functionResponse", "FunctionResponse").orElseThrow());
        }
        return ofTheService(part);
    }

    /** What the service's own tools did in an earlier answer. */
    private static Part ofTheService(Fields part) {
        if (part.has("executableCode")) {
            Fields code = part.object("executableCode", "ExecutableCode").orElseThrow();
            return new Part.Text(code.text("code").orElse(""));
        }
        if (part.has("codeExecutionResult")) {
            Fields result =
                    part.object("codeExecutionResult", "CodeExecutionResult").orElseThrow();
            return new Part.Text(result.text("output").orElse(""));
        }
        if (OF_THE_SERVICE.stream().anyMatch(part::has)) {
            return new Part.Thought("");
        }
        throw Invalid.field(part.path("data"), "required oneof field 'data' must have one initialized field");
    }

    private static Part inline(Fields blob) {
        String data = blob.text("data").orElse("");
        if (!data.chars().allMatch(PartReader::isBase64)) {
            throw Invalid.request(
                    "Invalid value at '" + blob.path("data") + "' (TYPE_BYTES), Base64 decoding failed for "
                            + Json.text(Json.object().textNode(beginning(data))));
        }
        String type = blob.text("mimeType").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("image/")) {
            return media(type, bytes(data));
        }
        ImageSize size = new DataUrl(type, data.replace('-', '+').replace('_', '/')).imageSize();
        return new Part.Image(size.width(), size.height(), Part.Detail.AUTO);
    }

    private static boolean isBase64(int letter) {
        return (letter >= 'A' && letter <= 'Z')
                || (letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9')
                || "+/-_=".indexOf(letter) >= 0;
    }

    private static String beginning(String data) {
        return data.length() > 100 ? data.substring(0, 100) : data;
    }

    /** How many bytes {@code base64} stands for. */
    private static long bytes(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') {
            end--;
        }
        return end * 3L / 4;
    }

    private static Part media(String mimeType, long bytes) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        return type.startsWith("image/") ? new Part.Image(0, 0, Part.Detail.AUTO) : new Part.Attachment(type, bytes);
    }

    private static Part call(Fields call) {
        String arguments = call.object("args", "Struct")
                .map(args -> Json.text(args.node()))
                .orElse("{}");
        return new Part.ToolCall(call.text("id").orElse(""), requiredName(call), arguments);
    }

    private static Part result(Fields result) {
        JsonNode response =
                result.object("response", "Struct").map(Fields::node).orElseGet(Json::object);
        return new Part.ToolResult(result.text("id").orElse(""), requiredName(result), Json.text(response));
    }

    private static String requiredName(Fields named) {
        String name = named.text("name").orElse("");
        if (name.isEmpty()) {
            throw Invalid.field(named.path("name"), "Name cannot be empty.");
        }
        return name;
    }
}
