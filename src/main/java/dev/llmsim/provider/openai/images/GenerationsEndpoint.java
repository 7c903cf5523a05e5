package dev.llmsim.provider.openai.images;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.media.Picture;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.util.Base64;

/** Answers {@code POST /images/generations}. */
final class GenerationsEndpoint {
    private final Call call;
    private final ImagesRequest asked;
    private final int promptTokens;

    private GenerationsEndpoint(Call call, ImagesRequest asked) {
        this.call = call;
        this.asked = asked;
        this.promptTokens = call.engine().tokens(asked.model(), asked.prompt());
    }

    static Answer answer(Call call) {
        GenerationsEndpoint one = new GenerationsEndpoint(call, ImagesReader.read(Fields.of(call)));
        return one.asked.streamed() ? one.stream() : one.whole();
    }

    private Answer whole() {
        ObjectNode json = Json.object().put("created", call.engine().nowSeconds());
        if (!asked.isDallE()) {
            describe(json);
        }
        ArrayNode data = json.putArray("data");
        for (int i = 0; i < asked.count(); i++) {
            data.add(image(i));
        }
        if (!asked.isDallE()) {
            json.set("usage", usage(promptTokens, asked.count()));
        }
        return Answer.json(200, json, work(1));
    }

    /** One event when each step of each image is done. */
    private Answer stream() {
        Events events = new Events();
        for (int image = 0; image < asked.count(); image++) {
            for (int partial = 0; partial < asked.partials(); partial++) {
                ObjectNode json = event("image_generation.partial_image", content(image, partial + 1));
                events.token().event("image_generation.partial_image", json.put("partial_image_index", partial));
            }
            ObjectNode json = event("image_generation.completed", content(image, Picture.FULL_DETAIL));
            json.set("usage", usage(image == 0 ? promptTokens : 0, 1));
            events.token().event("image_generation.completed", json);
        }
        return Answer.events(events.pieces(), work(events.tokens()));
    }

    private ObjectNode event(String type, String base64) {
        ObjectNode json = Json.object()
                .put("type", type)
                .put("b64_json", base64)
                .put("created_at", call.engine().nowSeconds());
        describe(json);
        return json;
    }

    private void describe(ObjectNode json) {
        ImagesRequest.Look look = asked.look();
        json.put("background", look.background())
                .put("output_format", look.format().id())
                .put("quality", look.quality().id())
                .put("size", SizeText.write(look.size()));
    }

    private ObjectNode image(int index) {
        ObjectNode image = Json.object();
        if (asked.urls()) {
            image.put("url", PictureAddress.of(call.request(), asked.look(), asked.seed(index)));
        } else {
            image.put("b64_json", content(index, Picture.FULL_DETAIL));
        }
        return asked.model().equals("dall-e-3") ? image.put("revised_prompt", asked.prompt()) : image;
    }

    private String content(int index, int detail) {
        ImagesRequest.Look look = asked.look();
        Picture picture = Picture.of(look.size(), asked.seed(index), look.transparent(), detail);
        return Base64.getEncoder().encodeToString(look.format().write(picture).toArray());
    }

    private int imageTokens() {
        return asked.look().quality().tokens(area());
    }

    private double area() {
        return SizeText.area(asked.look().size());
    }

    private ObjectNode usage(int input, int images) {
        int output = imageTokens() * images;
        ObjectNode usage = Json.object()
                .put("total_tokens", input + output)
                .put("input_tokens", input)
                .put("output_tokens", output);
        usage.putObject("input_tokens_details").put("text_tokens", input).put("image_tokens", 0);
        usage.putObject("output_tokens_details").put("image_tokens", output).put("text_tokens", 0);
        return usage;
    }

    private Work work(int steps) {
        Usage usage = new Usage(promptTokens, imageTokens() * asked.count(), 0, 0, 0);
        double seconds = asked.look().quality().seconds(area()) * asked.count();
        return new Work(asked.model(), usage, steps, asked.streamed(), seconds);
    }
}
