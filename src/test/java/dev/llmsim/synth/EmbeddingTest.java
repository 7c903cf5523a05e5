package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 256, 1536, 3072})
    void vectorsHaveLengthOne(int dimensions) {
        for (String text : new String[] {"", "hello", "The quick brown fox", "!!!"}) {
            float[] vector = Embedding.of("text-embedding-3-small", text, dimensions);
            assertThat(vector).hasSize(dimensions);
            assertThat(product(vector, vector)).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void textsWithWordsInCommonAreClose() {
        float[] cat = of("The cat sat on the mat");
        float[] dog = of("The dog sat on the mat");
        float[] tax = of("Quarterly revenue grew nine percent");

        assertThat(product(cat, dog)).isGreaterThan(0.6);
        assertThat(Math.abs(product(cat, tax))).isLessThan(0.3);
        assertThat(product(cat, dog)).isLessThan(0.99);
    }

    @Test
    void theSameTextHasTheSameVectorAndAnotherModelAnother() {
        assertThat(of("hello world")).isEqualTo(of("hello world"));
        assertThat(Embedding.of("text-embedding-3-large", "hello world", 512)).isNotEqualTo(of("hello world"));
        assertThat(of("hello world")).isNotEqualTo(of("Hello, world"));
    }

    private static float[] of(String text) {
        return Embedding.of("text-embedding-3-small", text, 512);
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
