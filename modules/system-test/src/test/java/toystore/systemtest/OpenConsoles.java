package toystore.systemtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Consoles as the store sees them: streams of events that are read by one thread, or by nobody. */
final class OpenConsoles implements AutoCloseable {
  private static final int LARGE = 64 << 10;
  /** What is not read fills this soon. */
  private static final int SMALL = 4 << 10;

  private final Selector selector;
  private final Thread reader;
  private volatile boolean closed;
  private volatile long bytes;
  private volatile int ended;

  /** @param read whether they read what they are sent */
  OpenConsoles(URI store, int count, boolean read) throws IOException {
    selector = Selector.open();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = open(store, read ? LARGE : SMALL);
      channel.configureBlocking(false);
      channel.register(selector, read ? SelectionKey.OP_READ : 0);
    }
    reader = new Thread(this::read, "consoles");
    reader.start();
  }

  /** One that is open, and has been answered when this returns. */
  static SocketChannel open(URI store) throws IOException {
    return open(store, LARGE);
  }

  private static SocketChannel open(URI store, int receiveBytes) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
    channel.connect(new InetSocketAddress(store.getHost(), store.getPort()));
    channel.write(ByteBuffer.wrap(
        "GET /console/events HTTP/1.1\r\nHost: store\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    try {
      while (!closed) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          take(key, buffer);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private void take(SelectionKey key, ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = ((SocketChannel) key.channel()).read(buffer);
    if (count < 0) {
      key.cancel();
      ended++;
    } else {
      bytes += count;
    }
  }

  long bytes() {
    return bytes;
  }

  int ended() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      reader.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
