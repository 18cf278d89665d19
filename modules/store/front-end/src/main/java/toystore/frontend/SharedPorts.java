package toystore.frontend;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.socket.nio.NioChannelOption;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.transport.Transport;
import java.net.StandardSocketOptions;

/**
 * Lets two processes listen on one port where a server asks for it (SO_REUSEPORT). Java can do
 * that on Linux since 9; Vert.x knows of it with native transports only. Found by Vert.x itself,
 * through META-INF/services.
 */
public final class SharedPorts implements VertxServiceProvider {
  @Override
  public void init(VertxBootstrap bootstrap) {
    Transport chosen = bootstrap.transport();
    // A native one can do it by itself.
    if (chosen == null || chosen.getClass() == NioTransport.class) {
      bootstrap.transport(new Sharing());
    }
  }

  private static final class Sharing extends NioTransport {
    @Override
    public void configure(
        NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
      super.configure(options, domainSocket, bootstrap);
      if (options.isReusePort()) {
        bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
      }
    }
  }
}
