package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void anErrorOfTheMachineIsOneLineToo() {
        Map<String, String> deep = new AbstractMap<>() {
            @Override
            public Set<Map.Entry<String, String>> entrySet() {
                throw new StackOverflowError();
            }
        };
        StringWriter err = new StringWriter();

        int code =
                Main.run(new String[] {"demo"}, deep, new PrintWriter(new StringWriter()), new PrintWriter(err, true));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("llmsim: unforeseen: java.lang.StackOverflowError");
    }
}
