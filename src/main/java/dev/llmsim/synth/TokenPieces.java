package dev.llmsim.synth;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the texts of its tokens; joined, they are the text again. */
final class TokenPieces {
    private TokenPieces() {}

    /** Tokens that end inside a code point are joined with the next. */
    static List<String> encoded(Encoding encoding, String text) {
        List<String> pieces = new ArrayList<>();
        Stretches.of(text).forEach(stretch -> encode(encoding, stretch, pieces));
        return pieces;
    }

    private static void encode(Encoding encoding, String text, List<String> pieces) {
        IntArrayList tokens = encoding.encodeOrdinary(text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        IntArrayList one = new IntArrayList(1);
        one.add(0);
        int from = 0;
        int to = 0;
        for (int i = 0; i < tokens.size(); i++) {
            one.set(0, tokens.get(i));
            to += encoding.decodeBytes(one).length;
            if (to == bytes.length || (bytes[to] & 0xC0) != 0x80) {
                pieces.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
                from = to;
            }
        }
    }

    /** An estimate: cuts every {@code charactersPerToken}, or one character beside that where a word begins there. */
    static List<String> estimated(double charactersPerToken, String text) {
        int count = estimate(charactersPerToken, text);
        List<String> pieces = new ArrayList<>(count);
        int from = 0;
        for (int i = 1; i < count; i++) {
            int to = cut(text, (int) (i * charactersPerToken));
            pieces.add(text.substring(from, to));
            from = to;
        }
        if (from < text.length()) {
            pieces.add(text.substring(from));
        }
        return pieces;
    }

    static int estimate(double charactersPerToken, String text) {
        return (int) Math.ceil(text.length() / charactersPerToken);
    }

    private static int cut(String text, int at) {
        for (int near : new int[] {at, at - 1, at + 1}) {
            if (near < text.length() && text.charAt(near) == ' ') {
                return near;
            }
        }
        return Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1))
                ? at - 1
                : at;
    }
}
