package dev.llmsim.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run in full.
 *
 * @param environment where it was made
 */
record Report(Map<String, String> environment, List<Table> tables) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    String text() {
        StringBuilder text = new StringBuilder();
        environment.forEach((name, value) -> text.append("%-14s %s%n".formatted(name, value)));
        tables.forEach(table -> text.append('\n').append(table.text()));
        return text.toString();
    }

    void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode facts = root.putObject("environment");
        environment.forEach(facts::put);
        ObjectNode families = root.putObject("families");
        for (Table table : tables) {
            ObjectNode family = families.putObject(table.family());
            family.put("title", table.title());
            ObjectNode rows = family.putObject("rows");
            for (Row row : table.rows()) {
                ObjectNode figures = rows.putObject(row.name());
                table.columns().forEach(column -> put(figures, column, row.figures()));
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(root) + "\n");
    }

    private static void put(ObjectNode node, String column, Map<String, Double> figures) {
        Double value = figures.get(column);
        if (value != null && Double.isFinite(value)) {
            node.put(column, value);
        }
    }
}
