package toystore.frontend;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a front-end takes leave of its customers, so that none of them sees it: it listens no more,
 * so that new connections go to whoever shares the port, and the next answer on each connection
 * says that it is the last. Nothing of this costs a request anything before. Owned by one event
 * loop.
 */
final class LastAnswers {
  private final Map<Channel, ChannelHandlerContext> open = new IdentityHashMap<>();
  private boolean leaving;

  /**
   * A new connection.
   *
   * @param server where Vert.x is in its pipeline
   */
  void add(ChannelHandlerContext server) {
    Channel channel = server.channel();
    open.put(channel, server);
    channel.closeFuture().addListener(closed -> open.remove(channel));
    if (leaving) {
      announce(server);
    }
  }

  /** From here on each answer is the last of its connection. */
  void begin() {
    leaving = true;
    Set<Channel> listeners = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ChannelHandlerContext server : List.copyOf(open.values())) {
      listeners.add(server.channel().parent());
      announce(server);
    }
    listeners.forEach(listener -> listener.eventLoop().execute(() -> leave(listener)));
  }

  /** What the kernel has given to this listener already would be reset if it were not taken. */
  private static void leave(Channel listener) {
    if (listener.unsafe() instanceof AbstractNioChannel.NioUnsafe waiting) {
      waiting.read();
    }
    listener.close();
  }

  /** Connections that are still open. */
  int left() {
    return open.size();
  }

  private static void announce(ChannelHandlerContext server) {
    server.pipeline().addBefore(server.name(), "lastAnswer", new LastAnswer());
  }

  private static final class LastAnswer extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof HttpResponse head) {
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
      ctx.write(message, promise);
    }
  }
}
