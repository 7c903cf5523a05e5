package dev.llmsim.gateway;

import dev.llmsim.gateway.connection.AnswerForm;
import dev.llmsim.mode.Session;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which session a request names: with the header {@code x-llmsim-session}, else by {@code /s/ID/} before the upstream's name,
 * else with {@code llmsim-ID} where the provider expects its API key.
 *
 * @param id as it was given: it may be none
 * @param place where it was given
 */
record SessionNaming(String id, Place place) {
    static final AsciiString HEADER = AnswerForm.SESSION_HEADER;
    static final String KEY_PREFIX = "llmsim-";

    private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    private static final String SCHEME = "Bearer ";
    private static final List<AsciiString> KEY_HEADERS = List.of(
            AsciiString.cached("x-api-key"), AsciiString.cached("x-goog-api-key"), AsciiString.cached("api-key"));
    private static final String KEY_PARAMETER = "key=";

    /** Where a request names its session. */
    enum Place {
        HEADER("header x-llmsim-session"),
        PATH("path /s/ID/"),
        KEY("API key llmsim-ID");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    /** What {@code request}, whose target is {@code target}, says; absent where it names none. */
    static @Nullable SessionNaming of(HttpRequest request, String target) {
        HttpHeaders headers = request.headers();
        String named = headers.get(HEADER);
        if (named != null) {
            return new SessionNaming(only(headers, named), Place.HEADER);
        }
        if (SessionPrefix.isOn(target)) {
            return new SessionNaming(SessionPrefix.id(target), Place.PATH);
        }
        String key = key(headers, target);
        return key == null ? null : new SessionNaming(key.substring(KEY_PREFIX.length()), Place.KEY);
    }

    /** Several headers name no session: who reads the first and who reads the last would differ. */
    private static String only(HttpHeaders headers, String first) {
        List<String> all = headers.getAll(HEADER);
        return all.size() == 1 ? first : String.join(", ", all);
    }

    /** Why {@link #id} is no id; a key is not shown, it may be a secret after all. */
    String objection() {
        String shown = place == Place.KEY ? "" : ": \"" + shortened(id) + '"';
        return "session in the " + place.words + shown + " (expected: an id of " + Session.EXPECTED_ID + ")";
    }

    private static String shortened(String text) {
        int max = 140;
        return text.length() <= max ? text : text.substring(0, max) + "...";
    }

    /** The API key of a request, if it begins as a session's does. */
    private static @Nullable String key(HttpHeaders headers, String target) {
        String authorization = headers.get(AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            String token = authorization.substring(SCHEME.length()).strip();
            if (token.startsWith(KEY_PREFIX)) {
                return token;
            }
        }
        for (AsciiString name : KEY_HEADERS) {
            String value = headers.get(name);
            if (value != null && value.startsWith(KEY_PREFIX)) {
                return value;
            }
        }
        return parameter(target);
    }

    /** The value of the first query parameter {@code key}, if it begins as a session's key does. */
    private static @Nullable String parameter(String target) {
        int at = target.indexOf('?');
        while (at >= 0) {
            int start = at + 1;
            int end = target.indexOf('&', start);
            if (target.startsWith(KEY_PARAMETER + KEY_PREFIX, start)) {
                return target.substring(start + KEY_PARAMETER.length(), end < 0 ? target.length() : end);
            }
            at = end;
        }
        return null;
    }
}
