package dev.llmsim.match;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;

/** Requests in few words. */
final class Asked {
    static final String CHAT = "/v1/chat/completions";
    static final String RESPONSES = "/v1/responses";
    static final String MESSAGES = "/v1/messages";
    static final String GEMINI = "/v1beta/models/gemini-2.5-pro:generateContent";
    static final String CONVERSE = "/model/m/converse";
    static final String COHERE = "/v2/chat";
    static final String OLLAMA = "/api/chat";

    private Asked() {}

    /** A POST of {@code json} in which single quotes stand for double ones. */
    static Request post(String target, String json) {
        return post(target, Headers.EMPTY, json.replace('\'', '"'));
    }

    static Request post(String target, Headers headers, String body) {
        return new Request("up", "POST", target, headers, Bytes.utf8(body));
    }

    static Key key(String target, String json) {
        return Normaliser.contentKey(post(target, json));
    }
}
