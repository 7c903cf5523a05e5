package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Ending;

/** What happens to the client's connection when an answer has ended. */
enum Finish {
    /** It is ready for the next request. */
    NEXT,
    /** It is closed after the end of the body (TCP FIN). */
    CLOSE,
    /** It is closed (TCP FIN) although the end of the body was not sent. */
    TRUNCATE,
    /** It is reset (TCP RST). */
    RESET;

    static Finish of(Ending ending, BodyForm form, Asker asker) {
        return switch (ending) {
            case COMPLETE -> form != BodyForm.CLOSE && asker.keepsAlive() ? NEXT : CLOSE;
            case UPSTREAM_TRUNCATED -> TRUNCATE;
            case UPSTREAM_RESET, CLIENT_CANCELLED, TIMEOUT -> RESET;
        };
    }
}
