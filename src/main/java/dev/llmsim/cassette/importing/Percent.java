package dev.llmsim.cassette.importing;

import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, section 2.1) of what may not stand in an address at all. */
final class Percent {
    private static final String LEGAL =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=%";

    private Percent() {}

    static String encodeIllegal(String address) {
        StringBuilder out = new StringBuilder();
        address.codePoints().forEach(c -> {
            if (LEGAL.indexOf(c) >= 0) {
                out.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append("%%%02X".formatted(b & 0xFF));
                }
            }
        });
        return out.toString();
    }
}
