package dev.llmsim.provider.bedrock;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.CallIds;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Amazon Bedrock Runtime. Signatures and keys are accepted as they are. */
public final class BedrockSurface implements Surface {
    private final List<Endpoint> endpoints = Stream.of(
                    post("converse", "model/*/converse", ConverseEndpoint::whole),
                    post("converse", "model/*/converse-stream", ConverseEndpoint::streamed),
                    post("invoke", "model/*/invoke", call -> Family.answer(Invocation.of(call, false))),
                    post(
                            "invoke",
                            "model/*/invoke-with-response-stream",
                            call -> Family.answer(Invocation.of(call, true))),
                    post("count_tokens", "model/*/count-tokens", CountTokensEndpoint::answer)
                            .unmetered())
            .map(endpoint -> endpoint.withHeaders(ids -> Headers.of(BedrockErrors.REQUEST_ID, ids.uuid())))
            .toList();

    @Override
    public Dialect dialect() {
        return Dialect.BEDROCK;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Answer error(ApiError error) {
        return BedrockErrors.answer(error);
    }

    /** As clients of the service log them: ThrottlingException, ServiceUnavailableException. */
    @Override
    public String usualMessage(int status) {
        return switch (status) {
            case 429 -> "Too many requests, please wait before trying again.";
            case 503 -> "Bedrock is unable to process your request.";
            default -> Surface.super.usualMessage(status);
        };
    }

    @Override
    public CallIds callIds() {
        return CallIds.of("tooluse_", 22);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("Unknown operation: " + request.method() + " " + request.path() + ".")
                .withType("UnknownOperationException");
    }

    private static Endpoint post(String name, String path, Function<Call, Answer> handler) {
        return Endpoint.of(name, "POST", path, handler);
    }
}
