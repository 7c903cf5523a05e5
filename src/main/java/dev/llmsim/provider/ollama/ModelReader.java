package dev.llmsim.provider.ollama;

import dev.llmsim.provider.simulation.ApiErrorException;

/** Reads which model is asked. */
final class ModelReader {
    private ModelReader() {}

    static String read(Fields fields) {
        String model = fields.text("model");
        return required(model.isEmpty() ? fields.text("name") : model);
    }

    /** The same, for {@code action}: {@code chat} or {@code generate}. */
    static String read(Fields fields, String action) {
        String model = required(fields.text("model"));
        LocalModel.find(model).filter(local -> !local.can("completion")).ifPresent(local -> {
            throw new ApiErrorException(400, "\"" + model + "\" does not support " + action);
        });
        return model;
    }

    private static String required(String model) {
        if (model.isEmpty()) {
            throw new ApiErrorException(400, "model is required");
        }
        return model;
    }
}
