package toystore.frontend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Lets only bytes through to the decoder that can be read in one way: see {@link RequestSyntax}. At
 * the first other ones the request under way is refused, and nothing behind it is looked at. One a
 * connection; owned by its event loop.
 */
final class RequestGate extends ChannelInboundHandlerAdapter {
  private final ChannelHandlerContext decoder;
  private final Scratch scratch;
  private final Overdue<RequestGate> incomplete;
  private final RequestSyntax syntax = new RequestSyntax();
  private boolean closed;
  private boolean isMeasured;

  /**
   * @param decoder behind which refusals go on
   * @param incomplete knows this gate while a head has begun and is not complete
   */
  RequestGate(ChannelHandlerContext decoder, Scratch scratch, Overdue<RequestGate> incomplete) {
    this.decoder = decoder;
    this.scratch = scratch;
    this.incomplete = incomplete;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (closed) {
      bytes.release();
      return;
    }
    int begin = bytes.readerIndex();
    int length = bytes.readableBytes();
    byte[] copy = scratch.copyOf(bytes);
    int heads = syntax.heads();
    int good = syntax.scan(copy, 0, length);
    if (syntax.hasRewritten()) {
      bytes.setBytes(begin, copy, 0, length);
    }
    ctx.fireChannelRead(bytes.writerIndex(begin + good));
    if (syntax.fault() != null) {
      refuse(syntax.fault());
    } else {
      measureHead(ctx, syntax.heads() != heads);
    }
  }

  private void measureHead(ChannelHandlerContext ctx, boolean anotherIsComplete) {
    if (isMeasured && (anotherIsComplete || !syntax.inHead())) {
      endMeasuring();
    }
    if (!isMeasured && syntax.inHead() && ctx.channel().isActive()) {
      isMeasured = true;
      incomplete.begin(this, MonotonicClock.millis());
    }
  }

  private void endMeasuring() {
    if (isMeasured) {
      isMeasured = false;
      incomplete.end(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    endMeasuring();
    ctx.fireChannelInactive();
  }

  /** Refuses the request under way; nothing is let through any more. */
  void refuse(RequestFault fault) {
    closed = true;
    endMeasuring();
    DecoderResult failure = DecoderResult.failure(new RefusedException(fault));
    HttpObject broken = syntax.inBody() ? new DefaultLastHttpContent() : request();
    broken.setDecoderResult(failure);
    decoder.fireChannelRead(broken);
  }

  private static DefaultFullHttpRequest request() {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
  }

  /** What a gate found wrong with a request; the other, if it was the decoder that found it. */
  static RequestFault fault(Throwable cause, RequestFault ofTheDecoder) {
    return cause instanceof RefusedException refused ? refused.fault() : ofTheDecoder;
  }

  /** A place to look at bytes, for all connections of one event loop in turn. */
  static final class Scratch {
    private byte[] bytes = new byte[4 << 10];

    private byte[] copyOf(ByteBuf buffer) {
      int length = buffer.readableBytes();
      if (bytes.length < length) {
        bytes = new byte[Math.max(length, 2 * bytes.length)];
      }
      buffer.getBytes(buffer.readerIndex(), bytes, 0, length);
      return bytes;
    }
  }
}
