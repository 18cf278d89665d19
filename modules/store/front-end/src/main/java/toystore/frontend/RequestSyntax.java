package toystore.frontend;

/**
 * The syntax of the requests on one connection (RFC 9112): where each begins and ends. What two
 * readers could take for two different things is refused, so that no request hides in another's
 * body. Pure; owned by one connection.
 */
final class RequestSyntax {
  static final int MAX_LINE_BYTES = 8 << 10;
  static final int MAX_HEADER_BYTES = 16 << 10;
  /** A colon, and the end of the line. */
  private static final int HEADER_SIGNS = 3;

  /** A 0 stands for any digit. */
  private static final String VERSION = "HTTP/0.0";

  private static final int MAJOR = VERSION.indexOf('0');
  private static final int MINOR = VERSION.lastIndexOf('0');

  private enum RequestState {
    START,
    EMPTY_LINE,
    METHOD,
    TARGET,
    VERSION,
    LINE_END,
    NAME,
    VALUE,
    HEADERS_END,
    BODY,
    CHUNKS
  }

  private final BodyLength bodyLength = new BodyLength();
  private final ChunkSyntax chunks = new ChunkSyntax();
  private RequestState state = RequestState.START;
  private RequestFault fault;
  private boolean inHead;
  private boolean inBody;
  private int heads;
  private boolean rewritten;

  /** Where the last head or body ended, or else where the scan began. */
  private int goodTo;

  private int lineBytes;
  private int targetBytes;
  private int versionBytes;
  private byte major;
  private byte minor;
  private int headerBytes;
  private final byte[] name = new byte[BodyLength.NAME_BYTES];
  private int nameBytes;
  private long left;

  /**
   * Reads on. Two things it rewrites in place: extensions of chunks, see {@link ChunkSyntax}, and a
   * version 1.2 or above, which is to be served as 1.1 (RFC 9110, 2.5).
   *
   * @return how far the bytes are good: {@code to}, or less if there is a fault
   */
  int scan(byte[] bytes, int from, int to) {
    int at = from;
    goodTo = from;
    rewritten = false;
    while (at < to && fault == null) {
      at = read(bytes, at, to);
    }
    return fault == null ? to : goodTo;
  }

  /** What is wrong with the request under way; null while it may be good. */
  RequestFault fault() {
    return fault;
  }

  /** Whether a head has begun, be it by an empty line, and is not complete. */
  boolean inHead() {
    return inHead;
  }

  /** How many heads are complete. */
  int heads() {
    return heads;
  }

  /** Whether a head is complete, and its body is not. */
  boolean inBody() {
    return inBody;
  }

  /** Whether the last scan changed a byte. */
  boolean hasRewritten() {
    return rewritten;
  }

  /** Reads one part, as far as it is there; returns where the next one begins. */
  private int read(byte[] bytes, int at, int to) {
    return switch (state) {
      case START -> start(bytes[at], at);
      case EMPTY_LINE -> lineFeed(RequestState.START, bytes[at], at);
      case METHOD -> method(bytes, at, to);
      case TARGET -> target(bytes, at, to);
      case VERSION -> version(bytes, at);
      case LINE_END -> lineFeed(RequestState.NAME, bytes[at], at);
      case NAME -> name(bytes, at, to);
      case VALUE -> value(bytes, at, to);
      case HEADERS_END -> headersEnd(bytes[at], at);
      case BODY -> body(at, to);
      case CHUNKS -> chunks(bytes, at, to);
    };
  }

  private int start(byte b, int at) {
    inHead = true;
    if (b == '\r') { // An empty line before a request is passed over (RFC 9112, 2.2).
      state = RequestState.EMPTY_LINE;
      return at + 1;
    }
    lineBytes = 0;
    targetBytes = 0;
    versionBytes = 0;
    headerBytes = 0;
    bodyLength.reset();
    state = RequestState.METHOD;
    return at;
  }

  private int lineFeed(RequestState next, byte b, int at) {
    nameBytes = 0;
    return b == '\n' ? next(next, at) : broken(at);
  }

  private int method(byte[] bytes, int from, int to) {
    int at = Characters.endOfToken(bytes, from, to);
    lineBytes += at - from;
    if (isLineTooLong() || at == to) {
      return at;
    }
    return bytes[at] == ' ' && lineBytes > 0 ? next(RequestState.TARGET, at) : broken(at);
  }

  private int target(byte[] bytes, int from, int to) {
    int at = Characters.endOfTarget(bytes, from, to);
    lineBytes += at - from;
    targetBytes += at - from;
    if (isLineTooLong() || at == to) {
      return at;
    }
    return bytes[at] == ' ' && targetBytes > 0 ? next(RequestState.VERSION, at) : broken(at);
  }

  private boolean isLineTooLong() {
    if (lineBytes > MAX_LINE_BYTES) {
      fault = new RequestFault(HttpFault.LINE_TOO_LONG, "the request line is too long");
    }
    return fault != null;
  }

  private int version(byte[] bytes, int at) {
    byte b = bytes[at];
    if (versionBytes == VERSION.length()) {
      return b == '\r' ? versionEnd(at) : broken(at);
    }
    char wanted = VERSION.charAt(versionBytes);
    if (wanted == '0' ? b < '0' || b > '9' : b != wanted) {
      return broken(at);
    }
    if (versionBytes == MAJOR) {
      major = b;
    } else if (versionBytes == MINOR) {
      minor = b;
      if (minor > '1') {
        bytes[at] = '1';
        rewritten = true;
      }
    }
    versionBytes++;
    return at + 1;
  }

  private int versionEnd(int at) {
    if (major != '1') {
      fault =
          new RequestFault(HttpFault.UNKNOWN_VERSION, "this store speaks HTTP/1.1 and HTTP/1.0");
      return at;
    }
    return next(RequestState.LINE_END, at);
  }

  private int name(byte[] bytes, int from, int to) {
    int at = Characters.endOfToken(bytes, from, to);
    for (int i = from; i < at && nameBytes + i - from < name.length; i++) {
      name[nameBytes + i - from] = (byte) (bytes[i] | 0x20); // Lower case, for a letter.
    }
    nameBytes += at - from;
    headerBytes += at - from;
    if (areHeadersTooLong() || at == to) {
      return at;
    }
    if (nameBytes == 0 && bytes[at] == '\r') {
      return next(RequestState.HEADERS_END, at);
    }
    // A blank before the colon, or at the beginning of a line, is read in two ways.
    if (nameBytes == 0 || bytes[at] != ':') {
      return broken(at);
    }
    headerBytes += HEADER_SIGNS;
    if (!inBody) {
      bodyLength.beginHeader(name, nameBytes);
    }
    return next(RequestState.VALUE, at);
  }

  private int value(byte[] bytes, int from, int to) {
    int at = Characters.endOfValue(bytes, from, to);
    headerBytes += at - from;
    if (areHeadersTooLong()) {
      return at;
    }
    if (!inBody) {
      bodyLength.append(bytes, from, at);
    }
    if (at == to) {
      return at;
    }
    return bytes[at] == '\r' ? next(RequestState.LINE_END, at) : broken(at);
  }

  private boolean areHeadersTooLong() {
    if (headerBytes > MAX_HEADER_BYTES) {
      fault = new RequestFault(HttpFault.HEADERS_TOO_LONG, "the headers are too long");
    }
    return fault != null;
  }

  private int headersEnd(byte b, int at) {
    if (b != '\n') {
      return broken(at);
    }
    if (inBody) { // The trailers' end.
      inBody = false;
      state = RequestState.START;
      return good(at + 1);
    }
    fault = bodyLength.fault(minor == '0');
    if (fault != null) {
      return at;
    }
    if (bodyLength.isChunked()) {
      chunks.begin();
      state = RequestState.CHUNKS;
    } else {
      left = bodyLength.bytes();
      state = left > 0 ? RequestState.BODY : RequestState.START;
    }
    inHead = false;
    heads++;
    inBody = state != RequestState.START;
    return good(at + 1);
  }

  private int body(int at, int to) {
    int taken = (int) Math.min(left, to - at);
    left -= taken;
    if (left == 0) {
      inBody = false;
      state = RequestState.START;
    }
    return good(at + taken);
  }

  private int chunks(byte[] bytes, int from, int to) {
    int at = chunks.scan(bytes, from, to);
    rewritten |= chunks.hasRewritten();
    fault = chunks.fault();
    if (chunks.isDone()) {
      headerBytes = 0;
      nameBytes = 0;
      state = RequestState.NAME;
    }
    return at;
  }

  private int next(RequestState next, int at) {
    state = next;
    return at + 1;
  }

  private int good(int at) {
    goodTo = at;
    return at;
  }

  private int broken(int at) {
    fault = inBody ? RequestFault.BROKEN_BODY : RequestFault.NOT_HTTP;
    return at;
  }
}
