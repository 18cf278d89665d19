package toystore.evaluation;

import io.vertx.core.buffer.Buffer;

/**
 * A put of etcd as it travels: a message of Protocol Buffers, {@code etcdserverpb.PutRequest}, of
 * which two fields are used, behind the five bytes that gRPC puts before each message.
 */
final class PutMessage {
  /** Of fields that are bytes: the number of the field, shifted by three bits, and the 2. */
  private static final int KEY = 1 << 3 | 2;

  private static final int VALUE = 2 << 3 | 2;
  private static final byte NOT_COMPRESSED = 0;

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private PutMessage() {}

  static Buffer encode(byte[] key, byte[] value) {
    Buffer message = Buffer.buffer();
    field(message, KEY, key);
    field(message, VALUE, value);
    return Buffer.buffer()
        .appendByte(NOT_COMPRESSED)
        .appendInt(message.length())
        .appendBuffer(message);
  }

  private static void field(Buffer message, int tag, byte[] bytes) {
    message.appendUnsignedByte((short) tag);
    int length = bytes.length;
    while (length >= MORE) {
      message.appendUnsignedByte((short) (length % MORE | MORE));
      length >>>= BITS;
    }
    message.appendUnsignedByte((short) length);
    message.appendBytes(bytes);
  }
}
