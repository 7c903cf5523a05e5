package dev.llmsim.provider;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names that say that their value is secret: of JSON fields, form fields, query parameters and headers. */
public final class SecretNames {
    /** Whole names, in lower case without {@code -}, {@code _}, {@code .} and spaces. */
    private static final Set<String> FIELDS = Set.of("passwd", "passphrase", "cookie", "setcookie", "credential");

    /** Ends of names, written likewise: {@code openai_api_key}, {@code x-api-key}, {@code awsSecretAccessKey}. */
    private static final Set<String> ENDINGS = Set.of(
            "apikey",
            "apitoken",
            "appkey",
            "accesskey",
            "accesstoken",
            "accountkey",
            "authkey",
            "authtoken",
            "authorization",
            "authorizationtoken",
            "bearertoken",
            "connectionstring",
            "encryptionkey",
            "idtoken",
            "password",
            "privatekey",
            "refreshtoken",
            "secret",
            "secretkey",
            "secretaccesskey",
            "securitytoken",
            "sessiontoken",
            "subscriptionkey");

    /** Ends of the names of request headers that carry a credential, written likewise. */
    private static final List<String> HEADER_ENDINGS =
            List.of("auth", "authorization", "credential", "credentials", "secret", "token");

    /** Query parameters that carry a credential; the parameters of signed URLs begin with x-amz- or x-goog-. */
    private static final Set<String> PARAMETERS = Set.of(
            "key",
            "token",
            "auth",
            "bearer",
            "jwt",
            "pwd",
            "sas",
            "sig",
            "signature",
            "svsig",
            "xgoogsignature",
            "xgoogcredential");

    /** Query parameters that carry a credential, or a word: an authorization code or a language, a session or its name. */
    private static final Set<String> DOUBTFUL_PARAMETERS = Set.of("code", "session");

    private static final int MIN_ENDING = 6;
    private static final int MAX_ENDING = 18;

    private SecretNames() {}

    /** Whether a JSON field, a form field or a part of this name is secret. */
    public static boolean isSecretField(String name) {
        String plain = normalised(name);
        if (FIELDS.contains(plain)) {
            return true;
        }
        int longest = Math.min(MAX_ENDING, plain.length());
        for (int length = MIN_ENDING; length <= longest; length++) {
            if (ENDINGS.contains(plain.substring(plain.length() - length))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the value of a request header of this name is a credential: no such value means anything else. */
    public static boolean isSecretHeader(String name) {
        String plain = normalised(name);
        return isSecretField(name) || HEADER_ENDINGS.stream().anyMatch(plain::endsWith);
    }

    /** Whether a query parameter of this (decoded) name is never kept. */
    public static boolean isSecretParameter(String name) {
        String plain = normalised(name);
        return PARAMETERS.contains(plain) || plain.startsWith("xamz") || isSecretField(name);
    }

    /** Whether a query parameter of this (decoded) name is never kept where its value looks random. */
    public static boolean isDoubtfulParameter(String name) {
        return DOUBTFUL_PARAMETERS.contains(normalised(name));
    }

    private static String normalised(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != '-' && c != '_' && c != '.' && c != ' ') {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
