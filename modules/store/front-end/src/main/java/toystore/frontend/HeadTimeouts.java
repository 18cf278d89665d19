package toystore.frontend;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpServerOptions;

/**
 * Heads of public requests: let in by a {@link RequestGate}, and bounded in the time they may take to come,
 * from the first byte on. A connection on which nothing comes is not theirs to end. Owned by one
 * event loop.
 */
final class HeadTimeouts {
  private static final SyntaxFault TOO_SLOW =
      new SyntaxFault(408, "the head of the request took too long");

  private final HttpServerOptions options;
  private final RequestGate.Scratch scratch = new RequestGate.Scratch();
  private final Overdue<Watch> incomplete;

  /**
   * @param options of the server
   */
  HeadTimeouts(HttpServerOptions options, long limitMs) {
    this.options = options;
    incomplete = new Overdue<>(limitMs);
  }

  /** To be called once for each new HTTP/1.1 connection, before its first request. */
  void watch(ChannelPipeline pipeline, HalfClosing requests) {
    ChannelHandlerContext vertx = pipeline.context(HttpRequestDecoder.class);
    if (vertx != null) {
      pipeline.replace(vertx.name(), "decoder", new ExactDecoder(options));
      ChannelHandlerContext decoder = pipeline.context("decoder");
      RequestGate gate = new RequestGate(decoder, scratch);
      pipeline.addBefore(decoder.name(), "gate", gate);
      pipeline.addBefore("gate", "heads", new Watch(gate, requests));
    }
  }

  /** Refuses the requests whose heads take too long, and ends their connections. */
  void review() {
    incomplete.take(MonotonicClock.millis()).forEach(Watch::refuse);
  }

  /** Sees the bytes of one connection before the gate does. */
  private final class Watch extends ChannelInboundHandlerAdapter {
    private final RequestGate gate;
    private final HalfClosing requests;
    private boolean hasBegun;

    private Watch(RequestGate gate, HalfClosing requests) {
      this.gate = gate;
      this.requests = requests;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      long before = requests.count();
      ctx.fireChannelRead(bytes);
      if (requests.count() != before) {
        end();
      } else if (requests.isBetween() && ctx.channel().isActive()) {
        hasBegun = true;
        incomplete.begin(this, MonotonicClock.millis());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      end();
      ctx.fireChannelInactive();
    }

    private void end() {
      if (hasBegun) {
        hasBegun = false;
        incomplete.end(this);
      }
    }

    private void refuse() {
      hasBegun = false;
      gate.refuse(TOO_SLOW);
    }
  }
}
