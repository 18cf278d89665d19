package toystore.frontend;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Answers a client that closes its side after its last request. Vert.x takes the end of the input
 * for the end of the connection: what was bought then would be bought without an answer. Stands
 * between the codec and Vert.x, one a connection; owned by its event loop. On the way it tells
 * Vert.x whether the client wants the connection to go on.
 */
final class HalfClosing extends ChannelDuplexHandler {
  /** Requests that came and are not answered yet. */
  private int open;

  private boolean incomplete;
  private boolean inputEnded;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      settleConnection(request.headers());
      open++;
      incomplete = true;
    }
    if (message instanceof LastHttpContent) {
      incomplete = false;
    }
    ctx.fireChannelRead(message);
  }

  /** Vert.x knows "close" and "keep-alive" alone, not in a list of options (RFC 9110, 7.6.1). */
  private static void settleConnection(HttpHeaders headers) {
    if (!headers.contains(HttpHeaderNames.CONNECTION)) {
      return;
    }
    boolean keeps = false;
    for (String options : headers.getAll(HttpHeaderNames.CONNECTION)) {
      for (String option : options.split(",")) {
        if (HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(option.strip())) {
          headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
          return;
        }
        keeps |= HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(option.strip());
      }
    }
    if (keeps) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event != ChannelInputShutdownEvent.INSTANCE) {
      ctx.fireUserEventTriggered(event);
      return;
    }
    inputEnded = true;
    if (open == 0) {
      ctx.close();
    } else if (incomplete) {
      // The rest will never come; Vert.x takes this for any other broken body.
      LastHttpContent missing = new DefaultLastHttpContent();
      missing.setDecoderResult(DecoderResult.failure(
          new PrematureChannelClosureException("the input ended within a body")));
      ctx.fireChannelRead(missing);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean interim = message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof LastHttpContent && !interim) {
      open--;
    }
    if (inputEnded && open == 0) {
      ctx.write(message, promise.unvoid().addListener(ChannelFutureListener.CLOSE));
    } else {
      ctx.write(message, promise);
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    // Vert.x closes on a broken body at once; the refusal that was just written shall still leave.
    ctx.flush();
    ctx.close(promise);
  }
}
