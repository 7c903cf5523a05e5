package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.conversation.Part;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that the providers' own pages give, and what follows from their formulas. */
class ImageTokensTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4o, 1024, 1024, HIGH, 765",
        "gpt-4o, 2048, 4096, HIGH, 1105",
        "gpt-4o, 4096, 8192, LOW, 85",
        "gpt-4o, 0, 0, AUTO, 765",
        "gpt-4.1, 512, 512, AUTO, 255",
        "gpt-4o-mini, 1024, 1024, HIGH, 25501",
        "gpt-4o-mini, 1024, 1024, LOW, 2833",
        "gpt-5, 1024, 1024, HIGH, 630",
        "o1, 1024, 1024, HIGH, 675",
        "o3, 4096, 8192, LOW, 75",
        "gpt-4.1-mini, 1024, 1024, AUTO, 1659",
        "gpt-4.1-mini, 1800, 2400, AUTO, 2353",
        "gpt-4.1-nano, 1024, 1024, AUTO, 2520",
        "o4-mini, 1024, 1024, AUTO, 1762",
        "gpt-5-mini, 1024, 1024, AUTO, 1659",
        "gpt-5-nano, 1024, 1024, AUTO, 2520",
        "gpt-5-mini, 1, 2000000, AUTO, 2489",
        "gpt-5.5, 1024, 1024, AUTO, 1229",
        "claude-sonnet-4-5, 200, 200, AUTO, 54",
        "claude-sonnet-4-5, 1000, 1000, AUTO, 1334",
        "claude-sonnet-4-5, 1092, 1092, AUTO, 1590",
        "claude-sonnet-4-5, 4000, 4000, AUTO, 1600",
        "gemini-2.5-flash, 384, 384, AUTO, 258",
        "gemini-2.5-flash, 768, 769, AUTO, 516",
        "gemini-3-pro-preview, 1024, 1024, AUTO, 1120",
        "gemini-3-pro-preview, 1024, 1024, LOW, 280"
    })
    void imagesCostWhatTheFormulaSays(String model, int width, int height, Part.Detail detail, int tokens) {
        assertThat(ImageTokens.count(model, new Part.Image(width, height, detail)))
                .isEqualTo(tokens);
    }
}
