package dev.llmsim.provider.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = Catalogue.standard();

    @Test
    void eachListIsInItsOrder() {
        assertThat(catalogue.models("openai-list"))
                .extracting(Model::id)
                .startsWith("gpt-5", "gpt-5-pro")
                .hasSize(60);
        assertThat(catalogue.models("anthropic-list"))
                .extracting(Model::id)
                .startsWith("claude-fable-5")
                .hasSize(16);
        assertThat(catalogue.models("gemini-list"))
                .extracting(Model::id)
                .startsWith("gemini-2.0-flash")
                .endsWith("gemini-embedding-001")
                .hasSize(8);
        assertThat(catalogue.models("no-list")).isEmpty();
    }

    @Test
    void everyIdAndAliasIsFound() {
        for (String list : List.of("openai-list", "anthropic-list", "gemini-list")) {
            for (Model model : catalogue.models(list)) {
                assertThat(catalogue.find(model.id())).contains(model);
                model.aliases()
                        .forEach(alias -> assertThat(catalogue.find(alias)).contains(model));
            }
        }
    }

    @Test
    void whatTheAiSdkAsksForByDefaultIsWithinTheLimit() {
        for (String id : List.of("claude-sonnet-4-6", "claude-opus-4-6", "claude-opus-4-8", "claude-fable-5")) {
            assertThat(catalogue.find(id).orElseThrow().maxOutputTokens()).isEqualTo(128_000);
        }
        assertThat(catalogue.find("claude-sonnet-4-5").orElseThrow().maxOutputTokens())
                .isEqualTo(64_000);
    }

    @Test
    void idsOfOtherStylesAreFound() {
        assertFound("gpt-4o-2024-08-06", "gpt-4o");
        assertFound("gpt-5-mini-2025-08-07", "gpt-5-mini");
        assertFound("ft:gpt-4o-2024-08-06:org::id", "gpt-4o");
        assertFound("models/gemini-2.5-pro", "gemini-2.5-pro");
        assertFound("claude-sonnet-4-5-20250929", "claude-sonnet-4-5");
        assertFound("claude-sonnet-4.5", "claude-sonnet-4.5");
        assertFound("claude-sonnet-4-20250514", "claude-sonnet-4-0");
        assertFound("claude-opus-4-8-20260520", "claude-opus-4-8");
        assertFound("claude-opus-4.8-20260520", "claude-opus-4.8");
        assertFound("claude-sonnet-4.0", "claude-sonnet-4-0");
        assertFound("us.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5");
        assertFound("anthropic/claude-opus-4-5", "claude-opus-4-5");
        assertThat(catalogue.find("gpt-99")).isEmpty();
    }

    @Test
    void availableOrdersAndLimitsTheOpenAiListAlone() {
        Catalogue limited =
                catalogue.available(List.of("my-model", "gpt-4o", "claude-opus-9", "gpt-9", "gemini-9", "gpt-4o"));

        assertThat(limited.models("openai-list"))
                .extracting(Model::id)
                .containsExactly("my-model", "gpt-4o", "claude-opus-9", "gpt-9", "gemini-9");
        assertThat(limited.models("openai-list"))
                .extracting(Model::owner)
                .containsExactly("llmsim", "openai", "anthropic", "openai", "google");
        assertThat(limited.models("anthropic-list")).hasSize(16);
        assertThat(limited.findListed("gpt-5")).isEmpty();
        assertThat(limited.findListed("my-model")).isPresent();
        assertThat(limited.findListed("gpt-4o")).isPresent();
        assertThat(limited.findListed("claude-opus-4-8")).isPresent();
        assertThat(limited.findListed("claude-opus-4.8")).isEmpty();
        assertThat(limited.findListed("gemini-2.5-pro")).isPresent();
        assertThat(limited.find("gpt-5")).isPresent();
    }

    @Test
    void anAliasThatIsMadeAvailableKeepsItsSpelling() {
        assertThat(catalogue.available(List.of("gpt-4o-2024-08-06")).models("openai-list"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.id()).isEqualTo("gpt-4o-2024-08-06");
                    assertThat(model.contextTokens()).isEqualTo(128_000);
                });
    }

    @Test
    void snapshotsNameTheDatedModel() {
        Catalogue dated = catalogue.snapshots(true);

        assertThat(catalogue.answered("gpt-4o")).isEqualTo("gpt-4o");
        assertThat(dated.answered("gpt-4o")).isEqualTo("gpt-4o-2024-08-06");
        assertThat(dated.answered("gpt-4o-2024-11-20")).isEqualTo("gpt-4o-2024-11-20");
        assertThat(dated.answered("gpt-5")).isEqualTo("gpt-5-2025-08-07");
        assertThat(dated.answered("gpt-4")).isEqualTo("gpt-4-0613");
        assertThat(dated.answered("claude-sonnet-4-5")).isEqualTo("claude-sonnet-4-5-20250929");
        assertThat(dated.answered("claude-opus-4-8")).isEqualTo("claude-opus-4-8");
        assertThat(dated.answered("gemini-2.5-pro")).isEqualTo("gemini-2.5-pro");
        assertThat(dated.answered("my-model")).isEqualTo("my-model");
    }

    @Test
    void knowsWhatModelsCan() {
        assertThat(catalogue.find("gpt-4").orElseThrow().can(Model.Capability.VISION))
                .isFalse();
        assertThat(catalogue.find("gpt-image-1").orElseThrow().can(Model.Capability.IMAGE_GENERATION))
                .isTrue();
        assertThat(catalogue.find("text-embedding-3-small").orElseThrow().can(Model.Capability.EMBEDDING))
                .isTrue();
    }

    private void assertFound(String id, String expected) {
        assertThat(catalogue.find(id)).as(id).get().extracting(Model::id).isEqualTo(expected);
    }
}
