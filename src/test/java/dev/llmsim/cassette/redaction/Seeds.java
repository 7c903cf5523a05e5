package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.provider.framing.EventStreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Searches what would be written for a secret in every form, by other means than the code under test. */
public final class Seeds {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}");
    private static final Pattern UNICODE = Pattern.compile("\\\\+u([0-9a-fA-F]{4})");
    private static final Pattern PERCENT = Pattern.compile("%([0-9a-fA-F]{2})");

    private Seeds() {}

    public static String written(Request request) {
        return request.target() + "\n" + request.headers() + "\n" + latin1(request.body());
    }

    public static String written(Response response) {
        StringBuilder text =
                new StringBuilder(response.head().map(ResponseHead::toString).orElse(""));
        text.append('\n').append(response.trailers()).append('\n').append(latin1(response.body()));
        response.frames()
                .forEach(frame -> EventStreamMessage.parse(frame.bytes())
                        .ifPresent(message -> text.append('\n').append(latin1(message.payload()))));
        return text.toString();
    }

    /** Whether {@code secret} is in {@code text}: raw, JSON-escaped, percent-encoded, or in base64 at any alignment. */
    public static boolean contains(String text, String secret) {
        return contains(text, secret, 3);
    }

    private static boolean contains(String text, String secret, int depth) {
        String unescaped = unescaped(text);
        if (text.contains(secret) || unescaped.contains(secret) || unescaped.contains(unescaped(secret))) {
            return true;
        }
        return depth > 0
                && List.of(text, unescaped).stream()
                        .anyMatch(one -> BASE64.matcher(one)
                                .results()
                                .map(MatchResult::group)
                                .anyMatch(run -> decodesTo(run, secret, depth)));
    }

    private static boolean decodesTo(String run, String secret, int depth) {
        for (int start = 0; start < 4 && start < run.length(); start++) {
            String part = run.substring(start).replace('-', '+').replace('_', '/');
            String whole = part.length() % 4 == 1 ? part.substring(0, part.length() - 1) : part;
            if (contains(latin1(Bytes.wrap(Base64.getDecoder().decode(whole))), secret, depth - 1)) {
                return true;
            }
        }
        return false;
    }

    private static String unescaped(String text) {
        String plain = PERCENT.matcher(text)
                .replaceAll(hit -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hit.group(1), 16))));
        plain = UNICODE.matcher(plain)
                .replaceAll(hit -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hit.group(1), 16))));
        return plain.replaceAll("\\\\+([\"/])", "$1");
    }

    private static String latin1(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}
