package dev.llmsim.synth.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @ParameterizedTest
    @CsvSource({
        "cut@frame=3, CUT, frame, 3, 0, 1",
        "cut@byte=0, CUT, byte, 0, 0, 1",
        "reset@byte=120;p=0.25, RESET, byte, 120, 0, 0.25",
        "stall@frame=2;for=5s, STALL, frame, 2, 5000000, 1",
        "stall@byte=2;p=.5;for=250ms, STALL, byte, 2, 250000, 0.5",
        "drop@event=2, DROP, event, 2, 0, 1",
        "corrupt@event=1, CORRUPT, event, 1, 0, 1",
        "error@event=3;p=0, ERROR, event, 3, 0, 0",
        "split@byte=17, SPLIT, byte, 17, 0, 1",
        "drip;rate=200B/s, DRIP, '', 0, 200, 1",
        "drip;rate=3KB/s, DRIP, '', 0, 3000, 1",
    })
    void isReadAsItIsSpelled(String text, FaultKind kind, String unit, long number, long amount, double chance) {
        assertThat(Fault.parse(" " + text + " ")).isEqualTo(new Fault(kind, unit, number, amount, chance, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "burn@frame=1",
                "cut",
                "cut@",
                "cut@event=1",
                "cut@frame=-1",
                "cut@frame=1e3",
                "cut@frame=9999999999",
                "cut@frame=1;for=5s",
                "cut@frame=1;p=2",
                "cut@frame=1;p=NaN",
                "cut@frame=1;p=0.1;p=0.2",
                "cut@frame=1;",
                "stall@frame=1",
                "stall@frame=1;for=5",
                "stall@frame=1;for=0s",
                "stall@frame=1;for=61m",
                "drop@event=0",
                "drop@frame=1",
                "split@byte=0",
                "drip",
                "drip@byte=1;rate=1B/s",
                "drip@;rate=1B/s",
                "drip;rate=0B/s",
                "drip;rate=200",
            })
    void whatIsWrongIsSaid(String text) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOfSatisfying(
                        LlmSimException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageStartingWith("fault: \"" + text + "\": ")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void aListHasCommas() {
        assertThat(Fault.parseAll("cut@frame=3, drop@event=1;p=0.5"))
                .containsExactly(Fault.parse("cut@frame=3"), Fault.parse("drop@event=1;p=0.5"));
        assertThat(Fault.parseAll("none")).isEmpty();
        assertThat(Fault.parseAll(" ")).isEmpty();
        assertThatThrownBy(() -> Fault.parseAll("cut@frame=3,")).hasMessageContaining("kind: \"\"");
        assertThatThrownBy(() -> Fault.parseAll("cut@frame=3,".repeat(40))).hasMessageContaining("32 at most");
    }

    @Test
    void eachTakesPlaceAsOftenAsItsChanceSays() {
        List<Fault> listed = Fault.parseAll("cut@frame=1;p=0.25,drop@event=1,split@byte=1;p=0");
        SplittableRandom random = new SplittableRandom(1);
        int cuts = 0;
        for (int i = 0; i < 4000; i++) {
            List<Fault> drawn = Fault.drawn(listed, random);
            assertThat(drawn).contains(listed.get(1)).doesNotContain(listed.get(2));
            cuts += drawn.contains(listed.get(0)) ? 1 : 0;
        }
        assertThat(cuts).isBetween(880, 1120);
    }
}
