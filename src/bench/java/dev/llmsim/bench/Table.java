package dev.llmsim.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a family of measurements found.
 *
 * @param columns the names of figures, in their order
 */
record Table(String family, String title, List<String> columns, List<Row> rows) {
    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Aligned columns, the title above. */
    String text() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(family));
        head.addAll(columns);
        lines.add(head);
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.name()));
            columns.forEach(column -> line.add(number(row.figures().getOrDefault(column, Double.NaN))));
            lines.add(line);
        }
        StringBuilder text = new StringBuilder(title).append('\n');
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int width = width(lines, column);
                String format = column == 0 ? "%-" + width + "s" : "  %" + width + "s";
                text.append(format.formatted(line.get(column)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream()
                .mapToInt(line -> line.get(column).length())
                .max()
                .orElse(1);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return value == Math.rint(value) && size >= 1
                ? "%.0f".formatted(value)
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
