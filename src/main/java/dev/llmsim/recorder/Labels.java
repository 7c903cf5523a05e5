package dev.llmsim.recorder;

import dev.llmsim.store.Keys;
import java.util.Objects;

/**
 * What a recording is called and found by.
 *
 * @param idStem its id where no other recording of the cassette has that, else with {@code -2}, {@code -3} ... behind it
 */
public record Labels(String idStem, Keys keys) {
    public Labels {
        Objects.requireNonNull(keys);
        if (idStem.isEmpty()) {
            throw new IllegalArgumentException("idStem: \"\" (expected: at least one character)");
        }
    }
}
