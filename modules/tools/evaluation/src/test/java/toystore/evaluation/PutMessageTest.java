package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class PutMessageTest {
  @Test
  void aPutIsTwoFieldsBehindTheirLength() {
    Buffer message = PutMessage.encode(new byte[] {'k'}, new byte[] {'v', 'w'});

    assertArrayEquals(
        new byte[] {0, 0, 0, 0, 7, 0x0a, 1, 'k', 0x12, 2, 'v', 'w'}, message.getBytes());
  }

  /** A length has seven bits in each byte, the lowest first; all but the last have the eighth. */
  @Test
  void aLengthFrom128OnTakesMoreBytes() {
    Buffer message = PutMessage.encode(new byte[127], new byte[300]);

    assertEquals(2 + 127 + 3 + 300, message.getInt(1));
    assertEquals(127, message.getByte(6));
    int value = 5 + 2 + 127;
    assertArrayEquals(new byte[] {0x12, (byte) 0xac, 0x02}, message.getBytes(value, value + 3));
    assertEquals(5 + message.getInt(1), message.length());
  }
}
