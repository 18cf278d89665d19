package toystore.frontend;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeoutException;

/**
 * Heads of public requests: bounded in the time they may take to come, from the first byte on. A
 * connection on which nothing comes is not theirs to end. Owned by one event loop.
 */
final class Heads {
  private final Overdue<Watch> incomplete;

  Heads(long limitMs) {
    incomplete = new Overdue<>(limitMs);
  }

  /** To be called once for each new HTTP/1.1 connection, before its first request. */
  void watch(ChannelPipeline pipeline, HalfClosing requests) {
    ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
    if (decoder != null) {
      pipeline.addBefore(decoder.name(), "heads", new Watch(decoder, requests));
    }
  }

  /** Refuses the requests whose heads take too long, and ends their connections. */
  void review() {
    incomplete.take(MonotonicClock.millis()).forEach(Watch::refuse);
  }

  /** Sees the bytes of one connection before the decoder does. */
  private final class Watch extends ChannelInboundHandlerAdapter {
    private final ChannelHandlerContext decoder;
    private final HalfClosing requests;
    private boolean hasBegun;

    private Watch(ChannelHandlerContext decoder, HalfClosing requests) {
      this.decoder = decoder;
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

    /** Vert.x takes it for any other request that is no HTTP. */
    private void refuse() {
      hasBegun = false;
      FullHttpRequest late = new DefaultFullHttpRequest(
          HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
      late.setDecoderResult(DecoderResult.failure(new TimeoutException("the head of a request")));
      decoder.fireChannelRead(late);
    }
  }
}
