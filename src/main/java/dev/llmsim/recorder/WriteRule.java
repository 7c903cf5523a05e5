package dev.llmsim.recorder;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;

/** Which answers are kept, and which of them take the place of what the cassette held for the same request. */
public enum WriteRule {
    /** Keeps all; complete answers below 500 replace. */
    RECORD,
    /** Keeps all; all replace. */
    RECORD_ERRORS,
    /** Keeps complete answers below 400, so that a retry is never trapped by an error; replaces nothing. */
    AUTO;

    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    boolean keeps(Response response) {
        return this != AUTO || isCompleteBelow(FIRST_CLIENT_ERROR, response);
    }

    boolean replacesBy(Response response) {
        return this == RECORD_ERRORS || (this == RECORD && isCompleteBelow(FIRST_SERVER_ERROR, response));
    }

    private static boolean isCompleteBelow(int status, Response response) {
        return response.ending() == Ending.COMPLETE
                && response.head().map(ResponseHead::status).orElse(status) < status;
    }
}
