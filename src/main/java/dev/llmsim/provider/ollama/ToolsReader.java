package dev.llmsim.provider.ollama;

import dev.llmsim.provider.conversation.Tool;
import dev.llmsim.provider.conversation.ToolChoice;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code tools}; whether they are called is the model's choice alone. */
final class ToolsReader {
    private ToolsReader() {}

    static Tooling read(Fields fields, String model) {
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : fields.objects("tools", "api.Tool")) {
            Fields function = tool.object("function", "api.ToolFunction");
            tools.add(new Tool(
                    function.text("name"),
                    function.text("description"),
                    function.object("parameters", "api.ToolFunctionParameters").node(),
                    false));
        }
        if (!tools.isEmpty()) {
            requireAble(model);
        }
        return new Tooling(tools, ToolChoice.AUTO, true);
    }

    private static void requireAble(String model) {
        LocalModel.find(model).filter(local -> !local.can("tools")).ifPresent(local -> {
            throw new ApiErrorException(400, "registry.ollama.ai/library/" + local.name() + " does not support tools");
        });
    }
}
