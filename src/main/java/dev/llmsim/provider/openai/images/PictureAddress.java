package dev.llmsim.provider.openai.images;

import dev.llmsim.exchange.Request;
import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.media.Picture;
import dev.llmsim.provider.media.PictureFormat;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Work;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a picture is to be had: the address says all of how it is drawn, so nothing is kept. */
final class PictureAddress {
    /** The path of all of them. */
    static final String PATH = "images/simulated/";

    private static final String GENERATIONS = "images/generations";
    private static final int HEXADECIMAL = 16;
    private static final Pattern NAME =
            Pattern.compile("([0-9]{1,9}x[0-9]{1,9})-([0-9a-f]{1,16})(-transparent)?\\.(png|jpeg|webp)");

    private PictureAddress() {}

    /** The URL under which {@code answer} draws the picture, on the host that {@code request} was sent to. */
    static String of(Request request, ImagesRequest.Look look, long seed) {
        String path = request.path();
        String base = path.substring(0, path.length() - GENERATIONS.length());
        return "http://" + request.headers().first("host").orElse("localhost") + "/" + request.upstream() + base + PATH
                + SizeText.write(look.size()) + "-" + Long.toHexString(seed)
                + (look.transparent() ? "-transparent." : ".") + look.format().id();
    }

    static Answer answer(Call call) {
        String name = call.variables().get(0);
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new ApiErrorException(ApiError.of(
                    404, "image: " + name + " (expected: an address that an answer to " + GENERATIONS + " names)"));
        }
        ImageSize size = SizeText.read(parts.group(1));
        long seed = Long.parseUnsignedLong(parts.group(2), HEXADECIMAL);
        PictureFormat format = PictureFormat.of(parts.group(4));
        Picture picture = Picture.of(size, seed, parts.group(3) != null);
        return Answer.body(200, format.mediaType(), format.write(picture), Work.NONE);
    }
}
