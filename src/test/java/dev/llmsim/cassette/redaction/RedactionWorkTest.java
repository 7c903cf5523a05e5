package dev.llmsim.cassette.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Whoever sends a body chooses it: the work of searching it grows with its length, whatever it is. */
class RedactionWorkTest {
    private static final int SMALL_BYTES = 32 * 1024;
    /** What the two ends of a text may make of a difference. */
    private static final int SLACK = 1024;

    @Test
    void partsWithoutAHeadAreReadOnce() {
        String body = "--a".repeat(SMALL_BYTES / 3);
        assertLinear(body, 2, text -> multipart(text).readChars());
    }

    @Test
    void partsBeyondTheMostAreOneText() {
        MultipartBody body = multipart("--a".repeat(MultipartBody.MAX_PARTS * 2));
        assertThat(body.surfaces()).hasSize(MultipartBody.MAX_PARTS + 1);
        assertThat(body.surfaces()
                        .get(MultipartBody.MAX_PARTS)
                        .original()
                        .slice(0, 3)
                        .utf8())
                .isEqualTo("--a");
    }

    @Test
    void boundariesAreNoLongerThanTheyMayBe() {
        assertThat(MediaPlace.boundary("multipart/form-data; boundary=" + "-".repeat(70)))
                .isPresent();
        assertThat(MediaPlace.boundary("multipart/form-data; boundary=" + "-".repeat(71)))
                .isEmpty();
    }

    @Test
    void formFieldsWithoutAValueAreReadOnce() {
        assertLinear("a&".repeat(SMALL_BYTES / 2), 1, text -> {
            NextOccurrence equals = new NextOccurrence(text, "=");
            assertThat(QueryPart.of(text, equals)).hasSize(text.length() / 2);
            return equals.readChars();
        });
    }

    /** At most {@code most} steps for each character, and twice the steps for twice the text. */
    private static void assertLinear(String text, int most, ToLongFunction<String> steps) {
        long once = steps.applyAsLong(text);
        long twice = steps.applyAsLong(text + text);
        assertThat(once).isBetween(1L, (long) most * text.length());
        assertThat(twice).isLessThanOrEqualTo(once * 2 + SLACK);
    }

    private static MultipartBody multipart(String body) {
        return new MultipartBody(List.of(), Bytes.utf8(body), "a");
    }
}
