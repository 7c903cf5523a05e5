package dev.llmsim.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Request;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamsTest {
    private final Upstreams wellKnown = Upstreams.wellKnown();

    @ParameterizedTest
    @CsvSource({
        "openai, https://api.openai.com, OPENAI",
        "anthropic, https://api.anthropic.com, ANTHROPIC",
        "gemini, https://generativelanguage.googleapis.com, GEMINI",
        "groq, https://api.groq.com, OPENAI",
        "mistral, https://api.mistral.ai, OPENAI",
        "deepseek, https://api.deepseek.com, OPENAI",
        "openrouter, https://openrouter.ai, OPENAI",
        "cohere, https://api.cohere.com, COHERE",
        "xai, https://api.x.ai, OPENAI",
        "zai, https://api.z.ai, OPENAI",
        "huggingface, https://router.huggingface.co, OPENAI",
        "together, https://api.together.xyz, OPENAI",
        "fireworks, https://api.fireworks.ai, OPENAI",
        "cerebras, https://api.cerebras.ai, OPENAI",
        "ollama, http://127.0.0.1:11434, OLLAMA"
    })
    void knowsTheWellKnown(String name, String base, Dialect dialect) {
        assertThat(wellKnown.byName(name)).contains(new Upstream(name, URI.create(base), dialect));
    }

    @ParameterizedTest
    @CsvSource({"azure, OPENAI", "bedrock, BEDROCK", "openresponses, OPENAI"})
    void hasNoBaseWhereTheHostIsTheUsers(String name, Dialect dialect) {
        assertThat(wellKnown.byName(name)).contains(new Upstream(name, null, dialect));
    }

    @Test
    void isImmutable() {
        Upstreams more = wellKnown.with("mine=http://localhost:1");

        assertThat(wellKnown.byName("mine")).isEmpty();
        assertThat(more.byName("mine")).isPresent();
        assertThat(more.all()).hasSize(wellKnown.all().size() + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "'mine=http://LocalHost:80/', http://localhost, RAW",
        "'mine=HTTPS://Example.com:443/v1//', https://example.com/v1, RAW",
        "'mine=https://example.com:8443/A/b', https://example.com:8443/A/b, RAW",
        "'mine=http://[::1]:9/', http://[::1]:9, RAW",
        "'mine=http://h,dialect=anthropic', http://h, ANTHROPIC",
        "'mine=http://h/a,dialect=x/b,dialect=gemini', 'http://h/a,dialect=x/b', GEMINI"
    })
    void readsTheOption(String option, String base, Dialect dialect) {
        assertThat(wellKnown.with(option).byName("mine")).contains(new Upstream("mine", URI.create(base), dialect));
    }

    @Test
    void keepsTheDialectOfANameThatIsGivenAnotherBase() {
        assertThat(wellKnown.with("bedrock=http://127.0.0.1:9").byName("bedrock"))
                .contains(new Upstream("bedrock", URI.create("http://127.0.0.1:9"), Dialect.BEDROCK));
    }

    @ParameterizedTest
    @CsvSource({
        "'openai', no '='",
        "'=http://h', name ''",
        "'Open=http://h', name 'Open'",
        "'a/b=http://h', name 'a/b'",
        "'..=http://h', name '..'",
        "'s=http://h', name 's' is taken",
        "'llmsim=http://h', name 'llmsim' is taken",
        "'health=http://h', name 'health' is taken",
        "'a=', scheme",
        "'a=ftp://h', scheme 'ftp'",
        "'a=api.example.com', scheme",
        "'a=http://', https://HOST",
        "'a=http:///path', no usable host",
        "'a=http://h:99999', no usable host",
        "'a=http://h:0', no usable host",
        "'a=http://ho st', URL 'http://ho st'",
        "'a=http://h?x=1', query",
        "'a=http://h#x', fragment",
        "'a=http://h,dialect=klingon', dialect 'klingon'"
    })
    void refusesWithWhatIsWrongAndWhatWasExpected(String option, String told) {
        assertThatExceptionOfType(LlmSimException.class)
                .isThrownBy(() -> wellKnown.with(option))
                .withMessageStartingWith("--upstream " + option + ": ")
                .withMessageContaining(told)
                .withMessageContaining("(expected: ")
                .matches(e -> e.code() == ErrorCode.USAGE);
    }

    @Test
    void refusesCredentialsWithoutRepeatingThem() {
        assertThatExceptionOfType(LlmSimException.class)
                .isThrownBy(() -> wellKnown.with("a=https://me:hunter2@h"))
                .withMessageContaining("credentials")
                .withMessageNotContainingAny("hunter2", "me:");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1/chat/completions, openai, /v1/chat/completions",
        "HTTPS://API.OpenAI.com:443/v1/x?a=%20b, openai, /v1/x?a=%20b",
        "https://api.openai.com, openai, /",
        "https://api.openai.com?a=1, openai, /?a=1",
        "http://api.openai.com/v1, http://api.openai.com, /v1",
        "https://api.openai.com:8443/v1, https://api.openai.com:8443, /v1",
        "https://api.openai.com.evil.com/v1, https://api.openai.com.evil.com, /v1",
        "https://me.openai.azure.com/openai/deployments/d, azure, /openai/deployments/d",
        "https://bedrock-runtime.eu-west-1.amazonaws.com/model/a%3A0/converse, bedrock, /model/a%3A0/converse",
        "https://s3.amazonaws.com/x, https://s3.amazonaws.com, /x",
        "http://Unknown:80/a/b, http://unknown, /a/b"
    })
    void locates(String url, String upstream, String target) {
        assertThat(wellKnown.locate(URI.create(url))).isEqualTo(new Located(upstream, target));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/a/b/c, deep, /c",
        "https://h/a/b, deep, /",
        "https://h/a/bc, shallow, /bc",
        "https://h/a, shallow, /",
        "https://h/ab, https://h, /ab"
    })
    void locatesByTheLongestBase(String url, String upstream, String target) {
        Upstreams two = wellKnown.with("shallow=https://h/a").with("deep=https://h/a/b/");

        assertThat(two.locate(URI.create(url))).isEqualTo(new Located(upstream, target));
    }

    @Test
    void locatesAGivenHostBeforeThePattern() {
        Upstreams mine = wellKnown.with("mine=https://me.openai.azure.com");

        assertThat(mine.locate(URI.create("https://me.openai.azure.com/x")).upstream())
                .isEqualTo("mine");
        assertThat(mine.locate(URI.create("https://you.openai.azure.com/x")).upstream())
                .isEqualTo("azure");
    }

    @Test
    void locatesOnlyWhatHasAHost() {
        assertThatIllegalArgumentException().isThrownBy(() -> wellKnown.locate(URI.create("/v1/chat")));
    }

    @Test
    void namesARequestByItsOriginAsLocateDoes() {
        Upstream mine = wellKnown
                .with("mine=https://Example.com:443/base/")
                .byName("mine")
                .orElseThrow();
        Request request = new Request("mine", "POST", "/v1/x?y=1", Headers.EMPTY, Bytes.EMPTY);

        Request byOrigin = mine.byOrigin(request).orElseThrow();

        assertThat(new Located(byOrigin.upstream(), byOrigin.target()))
                .isEqualTo(wellKnown.locate(URI.create("https://example.com/base/v1/x?y=1")));
        assertThat(wellKnown.byName("azure").orElseThrow().byOrigin(request)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/v1/chat/completions, openai, /v1/chat/completions",
        "//openai//v1/x, openai, /v1/x",
        "/openai, openai, /",
        "/openai/, openai, /",
        "/openai?a=/b, openai, /?a=/b",
        "/openai/?a=1, openai, /?a=1",
        "/gemini/v1beta/models/a%2Fb:c?x=%20//y, gemini, /v1beta/models/a%2Fb:c?x=%20//y",
        "/openai/a//b/, openai, /a//b/"
    })
    void splitsThePrefixOff(String requestTarget, String upstream, String target) {
        Upstreams.Split split = wellKnown.split(requestTarget).orElseThrow();

        assertThat(split.upstream().name()).isEqualTo(upstream);
        assertThat(split.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "//", "/?a", "/nobody/v1", "/OpenAI/v1", "/openai2/v1", "openai/v1", "*", "/open%61i/v1"
            })
    void splitsNothingOffWithoutAKnownName(String requestTarget) {
        assertThat(wellKnown.split(requestTarget)).isEmpty();
    }
}
