package dev.llmsim.provider.simulation;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.PathSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One operation that a surface answers.
 *
 * @param name for statistics: {@code chat}
 * @param template the end of its path: segments, in which one {@code *} each stands for anything
 * @param headers those that the provider sends with every answer and error; drawn anew for each call
 * @param echoesAll whether an answer that repeats what was said repeats the whole prompt, and not the last words of the user alone
 * @param metered whether limits count it and errors are injected: so it is with what makes a model work
 */
public record Endpoint(
        String name,
        String method,
        List<String> template,
        Function<Call, Answer> handler,
        BiFunction<Request, Ids, Headers> headers,
        boolean echoesAll,
        boolean metered) {
    public Endpoint {
        template = List.copyOf(template);
    }

    /** An endpoint at {@code path}, for instance {@code models/*:generateContent}; metered where it is a POST. */
    public static Endpoint of(String name, String method, String path, Function<Call, Answer> handler) {
        return new Endpoint(
                name,
                method,
                List.of(path.split("/")),
                handler,
                (request, ids) -> Headers.EMPTY,
                false,
                method.equals("POST"));
    }

    /** The same, with further headers of every answer and error. */
    public Endpoint withHeaders(Function<Ids, Headers> newHeaders) {
        return withHeaders((request, ids) -> newHeaders.apply(ids));
    }

    /** The same, where they depend on whom a request is for. */
    public Endpoint withHeaders(BiFunction<Request, Ids, Headers> newHeaders) {
        BiFunction<Request, Ids, Headers> all =
                (request, ids) -> headers.apply(request, ids).and(newHeaders.apply(request, ids));
        return new Endpoint(name, method, template, handler, all, echoesAll, metered);
    }

    /** The same, answered by {@code newHandler}. */
    public Endpoint handledBy(Function<Call, Answer> newHandler) {
        return new Endpoint(name, method, template, newHandler, headers, echoesAll, metered);
    }

    /** The same, whose echo is the whole prompt. */
    public Endpoint echoingAll() {
        return new Endpoint(name, method, template, handler, headers, true, metered);
    }

    /** The same, of which limits count nothing: it makes no model work. */
    public Endpoint unmetered() {
        return new Endpoint(name, method, template, handler, headers, echoesAll, false);
    }

    /**
     * The answer to {@code call}, with the headers of every answer.
     *
     * @throws ApiErrorException with the same headers, where the call is refused
     */
    public Answer answer(Call call) {
        try {
            return handler.apply(call)
                    .with(headers.apply(call.request(), call.engine().ids()));
        } catch (ApiErrorException e) {
            throw new ApiErrorException(
                    e.error().with(headers.apply(call.request(), call.engine().ids())));
        }
    }

    /** What stands for each {@code *} in {@code rawPath}; empty where this is not its path. */
    public Optional<List<String>> variables(String rawPath) {
        List<String> path = PathSegments.of(rawPath);
        int skipped = path.size() - template.size();
        if (skipped < 0) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < template.size(); i++) {
            if (!matches(template.get(i), path.get(skipped + i), variables)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /** What stands before the endpoint in {@code rawPath}, which is its path. */
    public List<String> base(String rawPath) {
        List<String> path = PathSegments.of(rawPath);
        return path.subList(0, path.size() - template.size());
    }

    private static boolean matches(String pattern, String segment, List<String> variables) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(segment);
        }
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        boolean fits = segment.length() > before.length() + after.length()
                && segment.startsWith(before)
                && segment.endsWith(after);
        if (fits) {
            variables.add(segment.substring(before.length(), segment.length() - after.length()));
        }
        return fits;
    }
}
