package dev.llmsim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final String CHUNKED = """
            HTTP/1.1 200 OK\r
            X-LLMSim-Source: recorded\r
            transfer-encoding: chunked\r
            \r
            9\r
            data: a

            \r
            8\r
            data: b
            \r
            1\r

            \r
            0\r
            x-trailer: 1\r
            \r
            """;

    private static final String PLAIN =
            "HTTP/1.1 429 Too Many Requests\r\ncontent-length: 12\r\n\r\n{\n\n\"a\":1}\n\n\n";

    @Test
    void anEventCountsWhenItsEmptyLineHasComeWhereverReadsAndChunksEnd() {
        for (int split = 1; split < CHUNKED.length(); split++) {
            AnswerReader answer = new AnswerReader();
            answer.expect();

            assertThat(read(answer, CHUNKED.substring(0, split), 10)).isFalse();
            assertThat(read(answer, CHUNKED.substring(split), 20)).isTrue();

            boolean firstCameWhole = CHUNKED.indexOf("a\n\n") + 3 <= split;
            boolean secondCameWhole = CHUNKED.indexOf("1\r\n\n") + 4 <= split;
            assertThat(answer.eventNanos()).containsExactly(firstCameWhole ? 10 : 20, secondCameWhole ? 10 : 20);
            assertThat(answer.bodyBytes()).isEqualTo(18);
            assertThat(answer.header("x-llmsim-source")).isEqualTo("recorded");
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyOfKnownLengthHasNoEvents() {
        AnswerReader answer = new AnswerReader();
        answer.expect();

        assertThat(read(answer, PLAIN, 10)).isTrue();

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.bodyBytes()).isEqualTo(12);
        assertThat(answer.events()).isZero();
        assertThat(answer.headNanos()).isEqualTo(10);
    }

    @Test
    void theNextAnswerBeginsAnew() {
        AnswerReader answer = new AnswerReader();
        answer.expect();
        read(answer, CHUNKED, 10);
        answer.expect();

        read(answer, CHUNKED, 30);

        assertThat(answer.eventNanos()).containsExactly(30, 30);
        assertThat(answer.bodyBytes()).isEqualTo(18);
    }

    @Test
    void bytesAfterAnAnswerAreAnError() {
        AnswerReader answer = new AnswerReader();
        answer.expect();

        assertThatThrownBy(() -> read(answer, CHUNKED + "H", 10)).hasMessageContaining("after the end");
    }

    private static boolean read(AnswerReader answer, String text, long nanos) {
        return answer.read(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1)), nanos);
    }
}
