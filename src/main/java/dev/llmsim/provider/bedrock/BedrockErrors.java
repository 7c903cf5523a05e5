package dev.llmsim.provider.bedrock;

import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.ErrorEnvelope;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.Work;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The envelope of Bedrock's errors: the type in a header, the message in the body. */
final class BedrockErrors {
    static final String REQUEST_ID = "x-amzn-requestid";

    private static final String TYPE = "x-amzn-errortype";

    private BedrockErrors() {}

    static Answer answer(ApiError error) {
        ErrorEnvelope envelope = ErrorEnvelope.render(Dialect.BEDROCK, error.status(), error.message());
        Headers headers = typed(envelope.headers(), error).and(error.headers());
        return new Answer(
                error.status(),
                headers.contains(REQUEST_ID) ? headers : headers.with(REQUEST_ID, requestId(error)),
                Framing.LENGTH,
                List.of(new Piece(0, envelope.body())),
                Work.NONE);
    }

    /** The error's own type where it is one of AWS's, else the usual one of its status. */
    private static Headers typed(Headers usual, ApiError error) {
        String type = error.type();
        return type != null && type.endsWith("Exception") ? usual.without(TYPE).with(TYPE, type) : usual;
    }

    /** An id for an error that no endpoint gave one: the same for the same error. */
    private static String requestId(ApiError error) {
        return UUID.nameUUIDFromBytes((error.status() + error.message()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
