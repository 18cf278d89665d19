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
  private final RequestSyntax syntax = new RequestSyntax();
  private boolean closed;

  /**
   * @param decoder behind which refusals go on
   */
  RequestGate(ChannelHandlerContext decoder, Scratch scratch) {
    this.decoder = decoder;
    this.scratch = scratch;
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
    int good = syntax.scan(copy, 0, length);
    if (syntax.hasRewritten()) {
      bytes.setBytes(begin, copy, 0, length);
    }
    ctx.fireChannelRead(bytes.writerIndex(begin + good));
    if (syntax.fault() != null) {
      refuse(syntax.fault());
    }
  }

  /** Refuses the request under way; nothing is let through any more. */
  void refuse(SyntaxFault fault) {
    closed = true;
    DecoderResult failure = DecoderResult.failure(new Refused(fault));
    HttpObject broken = syntax.inBody() ? new DefaultLastHttpContent() : request();
    broken.setDecoderResult(failure);
    decoder.fireChannelRead(broken);
  }

  private static DefaultFullHttpRequest request() {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
  }

  /** What a gate found wrong with a request; the other, if it was the decoder that found it. */
  static SyntaxFault fault(Throwable cause, SyntaxFault ofTheDecoder) {
    return cause instanceof Refused refused ? refused.fault : ofTheDecoder;
  }

  /** Carries the fault to the rim that answers. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient SyntaxFault fault;

    private Refused(SyntaxFault fault) {
      super(fault.message(), null, false, false);
      this.fault = fault;
    }
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
