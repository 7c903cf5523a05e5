package dev.llmsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.Dialect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is said, and with which exit code, where a command cannot do what it was told. */
class UsageErrorsTest {
    private static final Path SHIPPED = Path.of("cassettes");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"nosuch.invalid", "300.1.1.1"})
    void aHostThatIsNoneIsUnknown(String host) {
        Ran.run("replay", SHIPPED, "--port", 0, "--host", host).failed(2, "host: " + host + " is unknown");
    }

    @Test
    void aPathThatLeadsNowhereIsNamed() {
        Path none = folder.resolve("none");
        Ran.run("replay", none).failed(2, none + ": no such file or folder");
        Ran.run("cassette", "import", none, "--store", folder.resolve("tape"))
                .failed(2, none + ": no such file or folder");
        assertThat(folder.resolve("tape")).doesNotExist();
    }

    @Test
    void aCassetteOfAnotherProgramIsToBeImported() throws Exception {
        Path foreign = Files.writeString(folder.resolve("vcr.yaml"), "interactions: []\nversion: 1\n");
        Ran.run("replay", foreign).failed(6, "'llmsim cassette import " + foreign + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4GB", "999999999999GB"})
    void aRequestCannotBeLargerThanMemory(String size) {
        Ran.run("replay", SHIPPED, "--max-request", size).failed(2, "max-request", "(expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connect-timeout", "--first-byte-timeout", "--idle-timeout", "--drain"})
    void noTimeIsLongerThanADay(String option) {
        Ran.run("passthrough", option, "1000h").failed(2, option, "'1000h'", "at most 24h");
    }

    @Test
    void ratesAndLimitsOutOfTheirBoundsAreNamed() {
        Ran.run("serve", "--rate-limit-rate", "2").failed(2, "rate limit rate: 2.0 (expected: a number from 0");
        Ran.run("serve", "--timeout-after-ms", "-1").failed(2, "timeout after: -1 ms (expected");
        Ran.run("serve", "--errors", "calm").failed(2, "--errors: calm (expected: one of none, chaos, rate_limited)");
        Ran.run("serve", "--fault", "cut@frame=3,stall@frame=1")
                .failed(2, "fault: \"stall@frame=1\": for: \"\" (expected: stall@frame|byte=N;for=5s");
        Ran.run("replay", SHIPPED, "--fault", "burn")
                .failed(2, "fault: \"burn\": kind: \"burn\" (expected: one of drop");
        for (String forwarding : List.of("record", "auto", "passthrough")) {
            Ran.run(forwarding, "--fault", "burn").failed(2, "fault: \"burn\": kind: \"burn\" (expected: one of drop");
            Ran.run(forwarding, "--seed", "x").failed(2, "--seed", "'x' is not a long");
        }
        Ran.run("serve", "--rpm", "0").failed(2, "--rpm: requests per minute: 0 (expected: 1 to");
    }

    @Test
    void aBadVariableIsNamedAndABadOptionIsNotBlamedOnOne() {
        Map<String, String> variables = Map.of("LLMSIM_PORT", "abc", "LLMSIM_PACE", "slowly");
        Ran.run(variables, "replay", SHIPPED, "--pace", "instant")
                .failed(2, "llmsim: variable LLMSIM_PORT: ", "'abc' is not an int");
        Ran.run(variables, "replay", SHIPPED, "--port", "0").failed(2, "llmsim: variable LLMSIM_PACE: pace: ");
        assertThat(Ran.run(variables, "replay", SHIPPED, "--port", "x")
                        .failed(2, "'--port'")
                        .err())
                .doesNotContain("LLMSIM_PORT");
        Ran.run(Map.of("LLMSIM_UPSTREAM", "nonsense"), "passthrough")
                .failed(2, "llmsim: variable LLMSIM_UPSTREAM: --upstream nonsense: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=http://a,b=http://b,dialect=anthropic", "a=http://a b=http://b,dialect=anthropic"})
    void severalUpstreamsMayStandInOneVariable(String value) {
        UpstreamNames names = new UpstreamNames();
        new CommandLine(names)
                .setDefaultValueProvider(new EnvironmentDefaults(Map.of("LLMSIM_UPSTREAM", value), ConfigFile.NONE))
                .parseArgs();
        assertThat(names.table().byName("a").orElseThrow().base()).contains(URI.create("http://a"));
        assertThat(names.table().byName("b").orElseThrow().base()).contains(URI.create("http://b"));
        assertThat(names.table().byName("b").orElseThrow().dialect()).isEqualTo(Dialect.ANTHROPIC);
    }

    @Test
    void aVariableThatStandsForNoOptionIsWarnedOf() {
        Map<String, String> variables =
                Map.of("LLMSIM_PROT", "1", "LLMSIM_URL", "http://x", "LLMSIM_JAVA_OPTS", "-Xmx1g", "LLMSIM_STORE", "x");
        assertThat(Ran.run(variables, "--version").succeeded().err())
                .isEqualTo("llmsim: warning: LLMSIM_PROT stands for no option and is ignored"
                        + " (did you mean LLMSIM_PORT?)\n");
    }

    @Test
    void aTypingErrorGetsTheNearestWord() {
        Ran.run("recrod").failed(2, "llmsim: unknown command recrod (did you mean record?)");
        Ran.run("cassette", "lsit").failed(2, "llmsim: unknown command lsit (did you mean list?)");
        Ran.run("replay", "--prot=1").failed(2, "llmsim: unknown option --prot (did you mean --port?)");
        Ran.run("passthrough", "file").failed(2, "llmsim: unexpected argument 'file'");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(String.join("\n", Ran.run("help").succeeded().out()))
                .isEqualTo(String.join("\n", Ran.run("--help").succeeded().out()));
        assertThat(Ran.run("help", "replay").succeeded().out())
                .isEqualTo(Ran.run("replay", "--help").succeeded().out());
    }

    @Test
    void helpListsOnlyWhatACommandUses() {
        assertThat(help("cassette", "import")).contains("--upstream").doesNotContain("--ca=", "--client-", "-timeout");
        assertThat(help("replay")).contains("--upstream").doesNotContain("--ca=", "--client-", "-timeout");
        for (String mode : List.of("record", "auto", "passthrough")) {
            assertThat(help(mode)).contains("--upstream", "--ca=", "--client-cert", "--idle-timeout", "--port");
        }
        assertThat(help("cassette", "list")).contains("Only this cassette").doesNotContain("record to");
        assertThat(help("record")).contains("record to (default: default)");
    }

    private static String help(String... command) {
        List<Object> arguments = new ArrayList<>(List.of(command));
        arguments.add("--help");
        return String.join(" ", Ran.run(arguments.toArray()).succeeded().out()).replaceAll("\\s+", " ");
    }

    @Test
    void filesAndATapeAreNotReplayedTogether() {
        Ran.run("replay", SHIPPED, "--store", folder).failed(2, "files and --store were both given");
    }

    @Test
    void aPlaceWhereNoFolderCanBeMadeIsNotADamagedTape() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Ran ran = Ran.run("cassette", "import", SHIPPED, "--store", file.resolve("tape"));
        assertThat(ran.failed(5, "name another place with --store").err()).doesNotContain("restore it");
    }

    @Test
    void aFolderWithoutRecordingsIsNamed() {
        Ran.run("replay", folder).failed(8, "no recording in " + folder + " (expected");
    }
}
