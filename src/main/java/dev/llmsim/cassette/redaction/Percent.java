package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.io.ByteArrayOutputStream;

/** Percent encoding of everything but unreserved characters (RFC 3986, section 2.3). */
final class Percent {
    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    static Bytes encode(Bytes plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            int b = plain.at(i) & 0xff;
            if (Ascii.isKey(b) || b == '.' || b == '~') {
                out.write(b);
            } else {
                out.write('%');
                out.write(HEX.charAt(b >> 4));
                out.write(HEX.charAt(b & 15));
            }
        }
        return Bytes.wrap(out.toByteArray());
    }
}
