package dev.llmsim.provider.openai.images;

import java.util.Locale;

/** How much work goes into an image of 1024 × 1024. */
enum Quality {
    LOW(272, 4),
    MEDIUM(1056, 10),
    HIGH(4160, 22);

    private final int tokens;
    private final int seconds;

    Quality(int tokens, int seconds) {
        this.tokens = tokens;
        this.seconds = seconds;
    }

    /** The quality that is spelled so: {@code standard} and {@code hd} are dall-e's, and whatever else is high. */
    static Quality of(String id) {
        return switch (id) {
            case "low" -> LOW;
            case "medium", "standard" -> MEDIUM;
            default -> HIGH;
        };
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The output tokens of an image with {@code area} times the pixels. */
    int tokens(double area) {
        return (int) Math.round(tokens * area);
    }

    /** How long a model whose mean TTFT is 600 ms works on an image with {@code area} times the pixels. */
    double seconds(double area) {
        return seconds * Math.sqrt(area);
    }
}
