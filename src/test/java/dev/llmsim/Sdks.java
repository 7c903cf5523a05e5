package dev.llmsim;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.net.URI;

/** The providers' own clients, pointed at a gateway (or at a provider); none of them retries. */
final class Sdks {
    private Sdks() {}

    static OpenAIClient openAi(URI base, String apiKey) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(base + "/v1")
                .apiKey(apiKey)
                .maxRetries(0)
                .build();
    }

    static AnthropicClient anthropic(URI base, String apiKey) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(base.toString())
                .apiKey(apiKey)
                .maxRetries(0)
                .build();
    }

    static Client gemini(URI base, String apiKey) {
        HttpOptions options = HttpOptions.builder()
                .baseUrl(base.toString())
                .retryOptions(HttpRetryOptions.builder().attempts(1))
                .build();
        return Client.builder().apiKey(apiKey).httpOptions(options).build();
    }
}
