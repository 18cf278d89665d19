package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The gate and the decoder behind it see the same requests. */
class RequestGateTest {
  private static final int TRIES = 20_000;
  /** What tempts a reader to see another end than there is. */
  private static final String[] BAITS = {
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    "\0",
    ":",
    ",",
    ";",
    "0",
    "1",
    "f",
    "chunked",
    "identity",
    "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n",
    "HTTP/1.0",
    "\r\n\r\n",
    "0\r\n\r\n",
    "\u00e4",
    "\"",
    "+",
    "-",
    "x"
  };

  @Test
  void theDecoderFindsNoFaultWithWhatTheGateLetsIn() {
    Random chance = new Random(4711);
    List<RawRequest> table = RawRequest.table().stream()
        .filter(request -> !request.ends() && request.bytes().length < 1_000)
        .toList();
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      String bytes = latin1(table.get(chance.nextInt(table.size())).bytes())
          + latin1(table.get(chance.nextInt(table.size())).bytes());
      for (int change = chance.nextInt(3); change >= 0; change--) {
        int at = chance.nextInt(bytes.length());
        int end = Math.min(bytes.length(), at + chance.nextInt(4));
        bytes = bytes.substring(0, at) + BAITS[chance.nextInt(BAITS.length)] + bytes.substring(end);
      }
      refused += decode(bytes, chance) ? 0 : 1;
    }
    assertTrue(refused > TRIES / 10 && refused < TRIES * 9 / 10, refused + " refused");
  }

  /** Checks what comes out; whether nothing was refused. */
  private static boolean decode(String text, Random chance) {
    RequestSyntax reader = new RequestSyntax();
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.pipeline().addLast("decoder", new ExactDecoder(options()));
    ChannelHandlerContext decoder = channel.pipeline().context("decoder");
    channel
        .pipeline()
        .addFirst(new RequestGate(decoder, new RequestGate.Scratch(), new Overdue<>(1)));
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0, end; at < bytes.length; at = end) {
      end = Math.min(bytes.length, at + 1 + chance.nextInt(60));
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, end - at));
    }
    reader.scan(bytes, 0, bytes.length);
    List<String> faults = new ArrayList<>();
    boolean inBody = false;
    for (Object out = channel.readInbound(); out != null; out = channel.readInbound()) {
      HttpObject part = (HttpObject) out;
      if (part.decoderResult().isFailure()) {
        RequestFault fault = RequestGate.fault(part.decoderResult().cause(), null);
        faults.add(fault == null ? part.decoderResult().cause() + "" : fault.message());
      }
      assertTrue(inBody == !(part instanceof HttpRequest), text);
      inBody = !(part instanceof LastHttpContent);
      if (part instanceof HttpContent content) {
        content.release();
      }
    }
    RequestFault wanted = reader.fault();
    assertEquals(wanted == null ? List.of() : List.of(wanted.message()), faults, text);
    assertEquals(wanted == null && reader.inBody(), inBody, text);
    channel.finishAndReleaseAll();
    return wanted == null;
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions().setMaxInitialLineLength(1 << 15).setMaxHeaderSize(1 << 15);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
