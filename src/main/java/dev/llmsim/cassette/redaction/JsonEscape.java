package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Escapes text for the inside of a JSON string (RFC 8259, section 7). */
final class JsonEscape {
    private static final String NAMED = "\"\\\n\r\t\b\f";
    private static final String NAMES = "\"\\nrtbf";

    private JsonEscape() {}

    static Bytes escape(Bytes plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length() + 8);
        for (int i = 0; i < plain.length(); i++) {
            int b = plain.at(i) & 0xff;
            int named = NAMED.indexOf(b);
            if (named >= 0) {
                out.write('\\');
                out.write(NAMES.charAt(named));
            } else if (b < ' ') {
                out.writeBytes(String.format(Locale.ROOT, "\\u%04x", b).getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(b);
            }
        }
        return Bytes.wrap(out.toByteArray());
    }
}
