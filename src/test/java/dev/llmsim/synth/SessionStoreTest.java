package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionStoreTest {
    @Test
    void keepsWhatIsPutUntilItIsRemoved() {
        SessionStore store = new SessionStore(3, 100);
        store.put("a", "one", 1);
        store.put("a", "two", 1);

        assertThat(store.find("a", String.class)).contains("two");
        assertThat(store.find("a", Integer.class)).as("of another type").isEmpty();
        assertThat(store.update("a", String.class, text -> text + "!")).contains("two!");
        assertThat(store.update("b", String.class, text -> text + "!")).isEmpty();
        assertThat(store.remove("a")).isTrue();
        assertThat(store.remove("a")).isFalse();
        assertThat(store.find("a", String.class)).isEmpty();
    }

    @Test
    void beyondSoManyEntriesTheLeastRecentlyUsedGoes() {
        SessionStore store = new SessionStore(3, 100);
        for (String key : List.of("a", "b", "c")) {
            store.put(key, key, 1);
        }
        assertThat(store.find("a", String.class)).contains("a");
        store.put("d", "d", 1);

        assertThat(store.find("b", String.class)).isEmpty();
        for (String key : List.of("a", "c", "d")) {
            assertThat(store.find(key, String.class)).contains(key);
        }
    }

    @Test
    void beyondSoManyBytesTheLeastRecentlyUsedGoes() {
        SessionStore store = new SessionStore(1000, 100);
        store.put("a", "a", 60);
        store.put("b", "b", 40);
        store.put("b", "b", 30);
        store.put("c", "c", 20);

        assertThat(store.find("a", String.class)).as("110 bytes are too many").isEmpty();
        assertThat(store.find("b", String.class)).contains("b");
        store.put("d", "d", 101);
        assertThat(List.of("b", "c", "d"))
                .allSatisfy(key -> assertThat(store.find(key, String.class))
                        .as("more than there is room for at all")
                        .isEmpty());
        store.put("e", "e", 100);
        assertThat(store.find("e", String.class)).as("the count is right still").contains("e");
        assertThatThrownBy(() -> store.put("f", "f", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void updatesOfSeveralThreadsAreNotLost() throws Exception {
        SessionStore store = new SessionStore(10, 100);
        store.put("count", 0, 1);
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        for (int n = 0; n < 1000; n++) {
                            store.update("count", Integer.class, count -> count + 1);
                        }
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(store.find("count", Integer.class)).contains(4000);
    }
}
