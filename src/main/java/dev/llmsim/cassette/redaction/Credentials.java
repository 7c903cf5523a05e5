package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.SecretNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The secrets that the head of a request carries: what its sender authenticates with. The order is that of {@link #HEADERS},
 * then other headers whose names tell, then the query, so that equal roles get equal numbers.
 */
final class Credentials {
    private static final List<String> HEADERS =
            List.of("authorization", "x-api-key", "x-goog-api-key", "api-key", "x-amz-security-token");

    private static final String AWS_SIGNATURE = "aws4-hmac-sha256";
    /** Schemes that are no word with which another value begins. */
    private static final Set<String> TELLING_SCHEMES = Set.of("bearer", "basic", AWS_SIGNATURE);

    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "key", "apikey", AWS_SIGNATURE);

    private final List<Secret> found = new ArrayList<>();

    private Credentials() {}

    static List<Secret> of(Request request) {
        Credentials credentials = new Credentials();
        for (String name : HEADERS) {
            request.headers().all(name).forEach(value -> credentials.authorization(value, SecretKind.CREDENTIAL));
        }
        for (Header header : request.headers()) {
            credentials.other(header);
        }
        for (QueryPart part : QueryPart.of(request.query())) {
            if (part.isSecret() && !part.isHarmless()) {
                credentials.add(SecretKind.CREDENTIAL, part.secret());
            }
        }
        return credentials.found;
    }

    private void other(Header header) {
        String name = header.lowerCaseName();
        if (name.equals("proxy-authorization")) {
            authorization(header.value(), SecretKind.PROXY);
        } else if (name.equals("cookie")) {
            cookies(header.value());
        } else if (!HEADERS.contains(name) && (SecretNames.isSecretHeader(name) || hasScheme(header.value()))) {
            authorization(header.value(), SecretKind.CREDENTIAL);
        }
    }

    /** Whether {@code value} begins like a credential, whatever the header is called. */
    private static boolean hasScheme(String value) {
        int space = value.indexOf(' ');
        return space > 0 && TELLING_SCHEMES.contains(value.substring(0, space).toLowerCase(Locale.ROOT));
    }

    private void authorization(String value, SecretKind kind) {
        int space = value.indexOf(' ');
        String scheme = space < 0 ? "" : value.substring(0, space).toLowerCase(Locale.ROOT);
        String credential =
                SCHEMES.contains(scheme) ? value.substring(space + 1).strip() : value;
        if (scheme.equals(AWS_SIGNATURE)) {
            signature(credential, kind);
            return;
        }
        add(kind, bytes(credential));
        if (scheme.equals("basic")) {
            basic(credential);
        }
    }

    private void basic(String credential) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(credential);
        } catch (IllegalArgumentException notBase64) {
            return;
        }
        String userinfo = new String(decoded, StandardCharsets.UTF_8);
        int colon = userinfo.indexOf(':');
        if (colon >= 0) {
            add(SecretKind.USERINFO, Bytes.utf8(userinfo));
            add(SecretKind.PASSWORD, Bytes.utf8(userinfo.substring(colon + 1)));
        }
    }

    /** {@code Credential=ID/DATE/..., SignedHeaders=..., Signature=HEX}: the id and the signature. */
    private void signature(String parameters, SecretKind kind) {
        for (String parameter : parameters.split(",")) {
            int equals = parameter.indexOf('=');
            String name = parameter.substring(0, Math.max(0, equals)).strip();
            String value = parameter.substring(equals + 1).strip();
            if (name.equals("Credential")) {
                int slash = value.indexOf('/');
                add(kind, bytes(slash < 0 ? value : value.substring(0, slash)));
            } else if (name.equals("Signature")) {
                add(kind, bytes(value));
            }
        }
    }

    private void cookies(String header) {
        for (String cookie : header.split(";")) {
            String value = cookie.substring(cookie.indexOf('=') + 1).strip();
            add(SecretKind.COOKIE, bytes(value));
        }
    }

    private void add(SecretKind kind, Bytes value) {
        if (!value.isEmpty()) {
            found.add(new Secret(kind, value));
        }
    }

    private static Bytes bytes(String headerValue) {
        return Bytes.wrap(headerValue.getBytes(StandardCharsets.ISO_8859_1));
    }
}
