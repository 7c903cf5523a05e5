package dev.llmsim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void findsABufferThatNobodyReleased() {
        leak();
        List<String> found = new ArrayList<>();
        await().untilAsserted(() -> {
            LeakCheck.collect();
            found.addAll(LeakCheck.drain());
            assertThat(found).isNotEmpty();
        });
    }

    private static void leak() {
        ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
    }
}
