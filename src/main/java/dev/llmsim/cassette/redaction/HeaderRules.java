package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.ConnectionFields;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.Operation;
import java.util.Locale;
import java.util.Set;

/** Which header lines may be written. */
public final class HeaderRules {
    /** Fields of the connection and of message framing: replay makes its own. */
    private static final Set<String> NOT_OF_THE_ANSWER = ConnectionFields.and("content-length", "trailer");

    /** Answer headers that carry secrets. */
    private static final Set<String> DENIED = Set.of(
            "authentication-info",
            "authorization",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "set-cookie",
            "set-cookie2",
            "x-amz-security-token",
            "x-api-key",
            "x-goog-api-key");

    private HeaderRules() {}

    /** Whether a request's header takes part in matching, and so is kept. */
    public static boolean isMeaningful(String name) {
        return Operation.takesPartInMatching(name.toLowerCase(Locale.ROOT));
    }

    /** The lines of an answer's head or trailers that are kept: all but those of the connection, of framing and secret ones. */
    public static Headers kept(Headers answer) {
        Set<String> ofConnection = ConnectionFields.declared(answer.all("connection"));
        return answer.filter(line -> isKept(line, ofConnection));
    }

    private static boolean isKept(Header line, Set<String> ofConnection) {
        String name = line.lowerCaseName();
        return !NOT_OF_THE_ANSWER.contains(name) && !DENIED.contains(name) && !ofConnection.contains(name);
    }
}
