package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final String BODY = "data: a\n\ndata: b\n\n";
    private static final DemoConversation.Heard RECORDED = heard(200, "upstream", BODY);
    private static final DemoConversation.Heard REPLAYED = heard(200, "recorded", BODY);

    @Test
    void theShippedConversationsReplayAsTheyWereRecorded() {
        Ran demo = Ran.run("demo", "--train").succeeded();

        assertThat(demo.out()).hasSizeGreaterThan(8);
        assertThat(demo.out().get(demo.out().size() - 1)).endsWith("without the upstream, 0 differ");
        assertThat(demo.out().subList(1, demo.out().size() - 1)).allMatch(line -> line.endsWith("  yes"));
    }

    @Test
    void bytesEventsAndMissesDecideTheExitCode() {
        assertThat(exitCode(RECORDED, REPLAYED)).isZero();
        assertThat(exitCode(RECORDED, heard(200, "recorded", "data: a\n\ndata: c\n\n")))
                .isEqualTo(7);
        assertThat(exitCode(RECORDED, heard(200, "recorded", "data: a\n\n"))).isEqualTo(7);
        assertThat(exitCode(RECORDED, heard(424, "gateway", "{}"))).isEqualTo(7);
        assertThat(exitCode(RECORDED, heard(500, "recorded", BODY))).isEqualTo(7);
        assertThat(exitCode(heard(200, "gateway", BODY), REPLAYED)).isEqualTo(7);
        assertThat(exitCode(heard(200, "upstream", "data: x\n\n"), heard(200, "recorded", "data: x\n\n")))
                .as("recorded is not what was shipped")
                .isEqualTo(7);
    }

    private static int exitCode(DemoConversation.Heard recorded, DemoConversation.Heard replayed) {
        StringWriter out = new StringWriter();
        DemoConversation same = new DemoConversation("same", Bytes.utf8(BODY), RECORDED, REPLAYED);
        DemoConversation one = new DemoConversation("one", Bytes.utf8(BODY), recorded, replayed);
        int code = DemoCommand.report(List.of(same, one), new PrintWriter(out, true));
        assertThat(out.toString()).contains(code == 0 ? "0 differ" : "1 differ");
        return code;
    }

    private static DemoConversation.Heard heard(int status, String source, String body) {
        return new DemoConversation.Heard(
                status,
                source,
                Bytes.utf8(body),
                body.lines().filter(String::isEmpty).count(),
                1);
    }
}
