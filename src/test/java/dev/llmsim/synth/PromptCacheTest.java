package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptCacheTest {
    private final PromptCache cache = new PromptCache();

    @Test
    void beginningsCountFrom1024TokensInStepsOf128() {
        assertThat(cache.use(List.of(at(1, 1023)), 0)).isEqualTo(PromptCache.Hit.NONE);
        assertThat(cache.use(List.of(at(1, 1023)), 0)).isEqualTo(PromptCache.Hit.NONE);
        assertThat(cache.use(List.of(at(2, 1024)), 0)).isEqualTo(new PromptCache.Hit(0, 1024));
        assertThat(cache.use(List.of(at(2, 1024), at(3, 1500)), 0)).isEqualTo(new PromptCache.Hit(1024, 384));
        assertThat(cache.use(List.of(at(2, 1024), at(3, 1500)), 0)).isEqualTo(new PromptCache.Hit(1408, 0));
    }

    @Test
    void whatIsNotUsedForFiveMinutesIsForgotten() {
        cache.use(List.of(at(1, 2048)), 0);

        assertThat(cache.use(List.of(at(1, 2048)), 300).readTokens()).isEqualTo(2048);
        assertThat(cache.use(List.of(at(1, 2048)), 600).readTokens()).isEqualTo(2048);
        assertThat(cache.use(List.of(at(1, 2048)), 901).readTokens()).isZero();
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        cache.use(List.of(at(-1, 2048)), 0);
        for (int i = 0; i < 19_999; i++) {
            cache.use(List.of(at(i, 2048)), 0);
        }
        assertThat(cache.use(List.of(at(-1, 2048)), 0).readTokens()).isEqualTo(2048);
        cache.use(List.of(at(20_000, 2048)), 0);
        assertThat(cache.use(List.of(at(0, 2048)), 0).readTokens()).isZero();
        assertThat(cache.use(List.of(at(-1, 2048)), 0).readTokens()).isEqualTo(2048);
    }

    private static PromptCache.Beginning at(long hash, int tokens) {
        return new PromptCache.Beginning(hash, tokens);
    }
}
