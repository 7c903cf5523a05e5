package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the blocks of one message. */
final class BlocksReader {
    private static final String KEYS =
            "text, image, toolUse, toolResult, document, video, cachePoint, reasoningContent, citationsContent,"
                    + " searchResult";

    private final ToolIds ids;
    private final int message;

    BlocksReader(ToolIds ids, int message) {
        this.ids = ids;
        this.message = message;
    }

    List<Part> read(List<Fields> blocks) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            parts.addAll(block(blocks.get(i), "messages." + message + ".content." + i));
        }
        return parts;
    }

    private List<Part> block(Fields block, String place) {
        String kind = kind(block, place);
        return switch (kind) {
            case "text" -> List.of(text(block.requiredText(kind), place));
            case "image" -> List.of(MediaReader.image(block.requiredObject(kind)));
            case "document" -> List.of(MediaReader.document(block.requiredObject(kind)));
            case "video", "audio" -> List.of(MediaReader.recording(kind, block.requiredObject(kind)));
            case "toolUse" -> List.of(call(block.requiredObject(kind)));
            case "toolResult" -> result(block.requiredObject(kind));
            case "reasoningContent" -> List.of(thought(block.requiredObject(kind)));
            case "guardContent" -> guarded(block.requiredObject(kind));
            case "citationsContent", "searchResult" -> quoted(block.requiredObject(kind));
            case "cachePoint", "toolAddition", "toolRemoval" -> List.of();
            default -> throw noKey(place);
        };
    }

    private static String kind(Fields block, String place) {
        List<String> kinds = new ArrayList<>();
        block.node().fieldNames().forEachRemaining(name -> {
            if (block.has(name)) {
                kinds.add(name);
            }
        });
        if (kinds.size() != 1) {
            throw noKey(place);
        }
        return kinds.get(0);
    }

    private static RuntimeException noKey(String place) {
        return Invalid.of("ContentBlock object at " + place + " must set one of the following keys: " + KEYS + ".");
    }

    private static Part text(String text, String place) {
        if (text.isBlank()) {
            throw Invalid.of("The text field in the ContentBlock object at " + place
                    + " is blank. Add text to the text field, and try again.");
        }
        return new Part.Text(text);
    }

    private Part call(Fields call) {
        String id = call.requiredText("toolUseId");
        String name = call.requiredText("name");
        ids.call(id, name);
        return new Part.ToolCall(
                id, name, Json.text(call.requiredObject("input").node()));
    }

    /** The text of a result, and beside it the images and documents that it brought. */
    private List<Part> result(Fields result) {
        String id = result.requiredText("toolUseId");
        result.oneOf("status", List.of("success", "error"));
        List<Part> nested = new ArrayList<>();
        result.objects("content").forEach(content -> nested.addAll(content(content)));
        String text = nested.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining(" "));
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.ToolResult(id, ids.result(id), text));
        nested.stream().filter(part -> !(part instanceof Part.Text)).forEach(parts::add);
        return parts;
    }

    private static List<Part> content(Fields content) {
        if (content.has("json")) {
            return List.of(new Part.Text(Json.text(content.at("json"))));
        }
        for (String kind : List.of("image", "document", "video", "searchResult")) {
            if (content.has(kind)) {
                Fields media = content.requiredObject(kind);
                return switch (kind) {
                    case "image" -> List.of(MediaReader.image(media));
                    case "document" -> List.of(MediaReader.document(media));
                    case "video" -> List.of(MediaReader.recording(kind, media));
                    default -> quoted(media);
                };
            }
        }
        return content.text("text").map(Part.Text::new).stream()
                .map(Part.class::cast)
                .toList();
    }

    private static Part thought(Fields reasoning) {
        return new Part.Thought(reasoning
                .object("reasoningText")
                .map(text -> text.requiredText("text"))
                .orElse(""));
    }

    private static List<Part> guarded(Fields guarded) {
        List<Part> parts = new ArrayList<>();
        guarded.object("text").ifPresent(text -> parts.add(new Part.Text(text.requiredText("text"))));
        guarded.object("image").ifPresent(image -> parts.add(MediaReader.image(image)));
        return parts;
    }

    private static List<Part> quoted(Fields quoting) {
        List<Part> parts = new ArrayList<>();
        quoting.objects("content").forEach(one -> one.text("text").ifPresent(text -> parts.add(new Part.Text(text))));
        return parts;
    }
}
