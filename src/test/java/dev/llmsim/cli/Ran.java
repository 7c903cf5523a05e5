package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a command left that ran in this process. */
record Ran(int exitCode, List<String> out, String err) {
    static Ran run(Object... arguments) {
        return run(Map.of(), arguments);
    }

    static Ran run(Map<String, String> variables, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int exitCode = Main.run(texts, variables, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Ran(exitCode, out.toString().lines().toList(), err.toString());
    }

    /** It failed so, with these words in one line on stderr. */
    Ran failed(int code, String... said) {
        assertThat(exitCode).as(out + err).isEqualTo(code);
        assertThat(err).startsWith("llmsim: ").contains(said);
        return this;
    }

    Ran succeeded() {
        assertThat(exitCode).as(out + err).isZero();
        return this;
    }
}
