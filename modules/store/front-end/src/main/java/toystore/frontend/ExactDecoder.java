package toystore.frontend;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Vert.x's decoder, but headers keep their names: that one looks at some letters only, and takes
 * Content-Xength for Content-Length, and so a request for a body.
 */
final class ExactDecoder extends VertxHttpRequestDecoder {
  ExactDecoder(HttpServerOptions options) {
    super(options);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
    AsciiString name = super.splitHeaderName(bytes, start, length);
    return isAt(bytes, start, length, name) ? name : new AsciiString(bytes, start, length, true);
  }

  private static boolean isAt(byte[] bytes, int start, int length, AsciiString name) {
    boolean same = name.length() == length;
    for (int i = 0; same && i < length; i++) {
      same = name.byteAt(i) == bytes[start + i];
    }
    return same;
  }
}
