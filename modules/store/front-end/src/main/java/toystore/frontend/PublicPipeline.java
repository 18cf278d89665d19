package toystore.frontend;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * What a public connection has between the socket and Vert.x, because no option of Vert.x or Netty
 * keeps the promise (decision 0035): bytes pass a {@link RequestGate}, then an {@link
 * ExactDecoder}, then {@link HalfClosing}. A head may take only so long to come, from its first
 * byte on; a connection on which nothing comes is not ended here. Owned by one event loop.
 */
final class PublicPipeline {
  private static final RequestFault TOO_SLOW =
      new RequestFault(HttpFault.TOO_SLOW, "the head of the request took too long");

  private static final int STREAM_BYTES = 16 << 10;

  private final HttpServerOptions options;
  private final LastAnswers lastAnswers;
  private final RequestGate.Scratch scratch = new RequestGate.Scratch();
  /** Gates in which a head has begun and is not complete. */
  private final Overdue<RequestGate> incomplete;

  /**
   * @param options of the server
   * @param limitMs for a head
   * @param lastAnswers told of each connection
   */
  PublicPipeline(HttpServerOptions options, long limitMs, LastAnswers lastAnswers) {
    this.options = options;
    this.lastAnswers = lastAnswers;
    incomplete = new Overdue<>(limitMs);
  }

  /** To be called once for each new connection, before its first request. */
  void equip(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      ChannelHandlerContext vertx = server.channelHandlerContext();
      ChannelPipeline pipeline = vertx.pipeline();
      vertx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      lastAnswers.add(vertx);
      pipeline.addBefore(vertx.name(), "halfClosing", new HalfClosing());
      ChannelHandlerContext itsDecoder = pipeline.context(HttpRequestDecoder.class);
      if (itsDecoder != null) {
        pipeline.replace(itsDecoder.name(), "decoder", new ExactDecoder(options));
        ChannelHandlerContext decoder = pipeline.context("decoder");
        pipeline.addBefore("decoder", "gate", new RequestGate(decoder, scratch, incomplete));
      }
    }
  }

  /** Of what is sent on this connection and not read, the kernel keeps only so much. */
  static void boundSending(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      server
          .channelHandlerContext()
          .channel()
          .config()
          .setOption(ChannelOption.SO_SNDBUF, STREAM_BYTES);
    }
  }

  /** Refuses the requests whose heads take too long, and ends their connections. */
  void review() {
    incomplete.take(MonotonicClock.millis()).forEach(gate -> gate.refuse(TOO_SLOW));
  }
}
