package dev.llmsim.bench;

import java.util.Map;

/**
 * One line of a table.
 *
 * @param figures by column, which names their unit
 */
record Row(String name, Map<String, Double> figures) {
    Row {
        figures = Map.copyOf(figures);
    }
}
