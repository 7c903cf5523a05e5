package dev.llmsim.synth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTest {
    private static final long SECOND = 1_000_000;

    private final Bucket bucket = new Bucket(3, 0);

    @Test
    void isRefilledEvenly() {
        bucket.take(3, 0);

        assertThat(bucket.holds(1, 0)).isFalse();
        assertThat(bucket.until(1, 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(bucket.until(3, 0)).isEqualTo(Duration.ofSeconds(60));
        assertThat(bucket.holds(1, 20 * SECOND - 1_000)).isFalse();
        assertThat(bucket.holds(1, 20 * SECOND)).isTrue();
        assertThat(bucket.used(20 * SECOND)).isEqualTo(2);
    }

    @Test
    void neverHoldsMoreThanAMinutesWorth() {
        assertThat(bucket.holds(4, 3_600 * SECOND)).isFalse();
        assertThat(bucket.level(3_600 * SECOND).remaining()).isEqualTo(3);
        assertThat(bucket.level(3_600 * SECOND).untilFull()).isZero();
    }

    @Test
    void aDebtIsWaitedForAndIsAMinutesWorthAtMost() {
        bucket.take(1_000, 0);

        assertThat(bucket.level(0).remaining()).isZero();
        assertThat(bucket.used(0)).isEqualTo(6);
        assertThat(bucket.until(1, 0)).isEqualTo(Duration.ofSeconds(80));
    }

    @Test
    void sumsOfFractionsComeToWholeNumbers() {
        Bucket many = new Bucket(7, 0);
        many.take(7, 0);
        for (long now = 1_000; now < 60 * SECOND; now += 1_000) {
            many.holds(7, now);
        }

        assertThat(many.holds(7, 60 * SECOND)).isTrue();
    }

    @Test
    void aClockThatGoesBackChangesNothing() {
        bucket.take(3, 60 * SECOND);

        assertThat(bucket.used(0)).isEqualTo(3);
        assertThat(bucket.used(60 * SECOND)).isEqualTo(3);
    }
}
