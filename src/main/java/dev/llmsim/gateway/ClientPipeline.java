package dev.llmsim.gateway;

import dev.llmsim.gateway.connection.AnswerForm;
import dev.llmsim.gateway.http2.PrefaceDetector;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Counters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;

/** Makes a new client connection serve HTTP/1.1, or HTTP/2 where its first bytes say so. */
final class ClientPipeline extends ChannelInitializer<Channel> {
    private final GatewayConfig config;
    private final GatewayParts parts;
    private final Dispatcher dispatcher;
    private final ChannelGroup clients;

    /** @param clients where connections are listed while they are open */
    ClientPipeline(GatewayConfig config, GatewayParts parts, Dispatcher dispatcher, ChannelGroup clients) {
        this.config = config;
        this.parts = parts;
        this.dispatcher = dispatcher;
        this.clients = clients;
    }

    @Override
    protected void initChannel(Channel channel) {
        AnswerForm form = new AnswerForm();
        ClientResponseEncoder encoder = new ClientResponseEncoder(form);
        ClientRequestHandler requests = new ClientRequestHandler(channel, form, dispatcher, parts, config.timeouts());
        ClientRequestDecoder decoder = new ClientRequestDecoder(config.limits());
        PrefaceDetector detector = new PrefaceDetector(() -> {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.remove(requests.patience());
            pipeline.remove(decoder);
            pipeline.remove(encoder);
            pipeline.remove(requests);
            Http2ClientConnection.serve(channel, config, dispatcher, parts);
        });
        channel.pipeline().addLast(requests.patience(), detector, decoder, encoder, requests);
        clients.add(channel);
        count(channel);
    }

    private void count(Channel channel) {
        Counters counters = parts.counters();
        counters.increment(Counter.CONNECTIONS);
        counters.increment(Counter.OPEN_CONNECTIONS);
        channel.closeFuture().addListener(closed -> counters.decrement(Counter.OPEN_CONNECTIONS));
    }
}
