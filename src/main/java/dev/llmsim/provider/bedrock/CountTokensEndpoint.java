package dev.llmsim.provider.bedrock;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.Base64;

/** Answers {@code count-tokens}: of what Converse would be asked, or InvokeModel for Claude. */
final class CountTokensEndpoint {
    private CountTokensEndpoint() {}

    static Answer answer(Call call) {
        int tokens = call.engine().tokens(prompt(call));
        return Answer.json(200, Json.object().put("inputTokens", tokens), Work.NONE);
    }

    private static Prompt prompt(Call call) {
        Fields input = Fields.of(call.request().body()).requiredObject("input");
        ModelId model = ModelId.of(call);
        if (input.has("converse")) {
            return ConverseRequest.read(model, input.requiredObject("converse")).prompt();
        }
        Bytes body = decoded(input.requiredObject("invokeModel").requiredText("body"));
        if (!model.isClaude()) {
            throw Invalid.of("The provided model doesn't support counting tokens.");
        }
        Request carried = call.request().withBody(body);
        return ClaudeBodies.prompt(Invocation.of(new Call(carried, call.variables(), call.engine()), false));
    }

    private static Bytes decoded(String base64) {
        try {
            return Bytes.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw Invalid.of("The value at input.invokeModel.body is not base64.");
        }
    }
}
