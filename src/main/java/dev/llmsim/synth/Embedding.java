package dev.llmsim.synth;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Vectors of length 1 for texts: each word adds to some dimensions that its hash chooses, so that texts with words in common
 * are close; a tenth of noise keeps other texts apart.
 */
final class Embedding {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int DIMENSIONS_PER_WORD = 32;
    private static final double NOISE = 0.1;

    private Embedding() {}

    static float[] of(String model, String text, int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("dimensions: " + dimensions + " (expected: 1 or more)");
        }
        Seed seed = new Seed(0).of(model);
        double[] vector = new double[dimensions];
        for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty()) {
                add(vector, seed.of(word).random());
            }
        }
        double length = length(vector);
        double noise = length > 0 ? NOISE * length / Math.sqrt(dimensions) : 1;
        SplittableRandom random = seed.of(text).of(1).random();
        for (int i = 0; i < dimensions; i++) {
            vector[i] += noise * random.nextDouble(-1, 1);
        }
        return unit(vector);
    }

    private static void add(double[] vector, SplittableRandom random) {
        for (int i = 0; i < DIMENSIONS_PER_WORD; i++) {
            vector[random.nextInt(vector.length)] += random.nextDouble(-1, 1);
        }
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    private static float[] unit(double[] vector) {
        double length = length(vector);
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }
}
