package dev.llmsim.provider.openai.images;

import dev.llmsim.provider.openai.JsonEndpoint;
import dev.llmsim.provider.simulation.Endpoint;
import java.util.List;

/** The endpoints of images: their generation, and the pictures that an answer may name by their URL. */
public final class ImagesEndpoints {
    private ImagesEndpoints() {}

    public static List<Endpoint> all() {
        return List.of(
                JsonEndpoint.post("images", "images/generations", GenerationsEndpoint::answer),
                Endpoint.of("images", "GET", PictureAddress.PATH + "*", PictureAddress::answer));
    }
}
