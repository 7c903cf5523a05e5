package dev.llmsim.recorder;

import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Request;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What happens to an exchange on its way to the tape. Each step runs on the recorder's thread; what one throws is noted on that
 * exchange and stops nothing.
 *
 * @param redactHead the head of a request as it may be written while nothing else of it is known
 * @param develop decodes, cuts into frames, redacts
 * @param label names and keys the outcome
 * @param proof run when the recording is durable
 */
public record RecorderSteps(
        UnaryOperator<Request> redactHead,
        Function<RawExchange, Draft> develop,
        BiFunction<Draft, RawExchange, Labels> label,
        SelfProof proof) {
    public RecorderSteps {
        Objects.requireNonNull(redactHead);
        Objects.requireNonNull(develop);
        Objects.requireNonNull(label);
        Objects.requireNonNull(proof);
    }
}
