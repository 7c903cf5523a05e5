package dev.llmsim;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

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

    static BedrockRuntimeClient bedrock(URI base) {
        return aws(BedrockRuntimeClient.builder(), base).build();
    }

    /** The client that streams, as it is: it speaks HTTP/2 at once. */
    static BedrockRuntimeAsyncClient bedrockStreaming(URI base) {
        return aws(BedrockRuntimeAsyncClient.builder(), base).build();
    }

    /** The same, told to speak HTTP/1.1. */
    static BedrockRuntimeAsyncClient bedrockStreamingOverHttp1(URI base) {
        return aws(BedrockRuntimeAsyncClient.builder(), base)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                .build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B aws(B builder, URI base) {
        return builder.endpointOverride(base)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "any")))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }
}
