package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Events;

/** Which of the two APIs of the same shape a request is for. */
enum Variant {
    OPENAI("response.reasoning_text") {
        @Override
        ApiError error(ApiError error) {
            return error;
        }

        @Override
        void end(Events events) {}
    },
    /** The vendor-neutral specification of 2026-04-24. */
    OPEN_RESPONSES("response.reasoning") {
        @Override
        ApiError error(ApiError error) {
            String type = switch (error.status()) {
                case 404 -> "not_found";
                case 429 -> "too_many_requests";
                default -> error.status() >= 500 ? "server_error" : "invalid_request";
            };
            return error.withType(type);
        }

        @Override
        void end(Events events) {
            events.raw("data: [DONE]\n\n");
        }
    };

    private static final String UPSTREAM = "openresponses";

    private final String thoughtEvent;

    Variant(String thoughtEvent) {
        this.thoughtEvent = thoughtEvent;
    }

    static Variant of(Call call) {
        return call.request().upstream().equals(UPSTREAM) ? OPEN_RESPONSES : OPENAI;
    }

    /** The name that events of raw thoughts begin with. */
    String thoughtEvent() {
        return thoughtEvent;
    }

    /** The same error in this API's own types. */
    abstract ApiError error(ApiError error);

    /** Ends a stream. */
    abstract void end(Events events);
}
