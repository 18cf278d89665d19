package toystore.frontend;

import java.util.HexFormat;

/**
 * The chunks of a body (RFC 9112, 7.1), without the trailers behind the last one. Pure; owned by
 * one connection.
 */
final class ChunkSyntax {
  /** More than any body may have; and far from where a reader's numbers could run over. */
  private static final int MAX_CHUNK_BYTES = 1 << 20;

  private static final int MAX_LINE_BYTES = 1 << 10;
  private static final int HEX = 16;

  private enum ChunkState {
    SIZE,
    BLANKS,
    EXTENSION,
    LINE_END,
    DATA,
    DATA_END,
    CHUNK_END
  }

  private ChunkState state;
  private RequestFault fault;
  private boolean done;
  private boolean rewritten;
  private int lineBytes;
  private int left;

  void begin() {
    state = ChunkState.SIZE;
    done = false;
    lineBytes = 0;
    left = 0;
  }

  /**
   * Reads on, to the end of the last chunk's line at most. Extensions are to be ignored by whoever
   * does not know them, and become blanks.
   *
   * @return how far it came
   */
  int scan(byte[] bytes, int from, int to) {
    int at = from;
    rewritten = false;
    while (at < to && fault == null && !done) {
      if (state == ChunkState.DATA) {
        at = data(at, to);
      } else {
        step(bytes, at++);
      }
    }
    return at;
  }

  RequestFault fault() {
    return fault;
  }

  /** Whether the last chunk came. */
  boolean isDone() {
    return done;
  }

  boolean hasRewritten() {
    return rewritten;
  }

  private int data(int at, int to) {
    int taken = Math.min(left, to - at);
    left -= taken;
    if (left == 0) {
      state = ChunkState.DATA_END;
    }
    return at + taken;
  }

  private void step(byte[] bytes, int at) {
    byte b = bytes[at];
    if (++lineBytes > MAX_LINE_BYTES) {
      fault = RequestFault.BROKEN_BODY;
      return;
    }
    switch (state) {
      case SIZE -> size(b);
      case BLANKS -> blanks(b);
      case EXTENSION -> extension(b);
      case LINE_END -> lineEnd(b);
      case DATA_END -> expect('\r', b, ChunkState.CHUNK_END);
      case CHUNK_END -> {
        expect('\n', b, ChunkState.SIZE);
        lineBytes = 0;
      }
      default -> throw new IllegalStateException("no step within " + state);
    }
    if (state == ChunkState.EXTENSION) {
      bytes[at] = ' ';
      rewritten = true;
    }
  }

  private void size(byte b) {
    if (HexFormat.isHexDigit(b)) {
      left = left * HEX + HexFormat.fromHexDigit(b);
      fault = left > MAX_CHUNK_BYTES ? RequestFault.TOO_LARGE : null;
    } else if (lineBytes == 1) {
      fault = RequestFault.BROKEN_BODY;
    } else if (b == '\r') {
      state = ChunkState.LINE_END;
    } else {
      blanks(b);
    }
  }

  private void blanks(byte b) {
    if (b == ';') {
      state = ChunkState.EXTENSION;
    } else if (b == ' ' || b == '\t') {
      state = ChunkState.BLANKS;
    } else {
      fault = RequestFault.BROKEN_BODY;
    }
  }

  private void extension(byte b) {
    if (!Characters.isOfValue(b)) {
      expect('\r', b, ChunkState.LINE_END);
    }
  }

  private void lineEnd(byte b) {
    done = left == 0;
    expect('\n', b, ChunkState.DATA);
    lineBytes = 0;
  }

  private void expect(char wanted, byte b, ChunkState next) {
    if (b == wanted) {
      state = next;
    } else {
      fault = RequestFault.BROKEN_BODY;
    }
  }
}
