package dev.llmsim.timing;

import java.util.random.RandomGenerator;

/** How long waits are. */
public sealed interface Waits permits Distribution, Quantiles {
    /** A wait in milliseconds. */
    double sample(RandomGenerator random);

    double meanMillis();

    /** The same mean and spread with a heavy tail on the right, where these have none of their own. */
    Waits heavy();
}
