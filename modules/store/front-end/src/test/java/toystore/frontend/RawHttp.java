package toystore.frontend;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that says exactly what a test wants said, and reads answers byte by byte. */
final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MS = 15_000;

  private final Socket socket;
  private final PushbackInputStream in;

  RawHttp(int port) throws IOException {
    this(new Socket("127.0.0.1", port));
  }

  RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MS);
    in = new PushbackInputStream(socket.getInputStream());
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawHttp closeOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads the head of an answer that has nothing else. */
  Answer readHead() throws IOException {
    String head = head();
    return new Answer(Integer.parseInt(head.substring(9, 12)), head, "");
  }

  /** Reads to the end of the connection. */
  String rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      in.transferTo(rest);
    } catch (java.net.SocketException e) {
      // Reset: an end all the same.
    }
    return rest.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads one answer by its Content-Length. */
  Answer read() throws IOException {
    String head = head();
    int length = 0;
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    int status = Integer.parseInt(head.substring(9, 12));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answer(status, head, body);
  }

  /** What the first of these server-sent events says that has data. */
  String dataOfTheFirstEvent() throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String line = "";
    while (!line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return line.substring("data: ".length());
  }

  /** Whether something, be it the end, comes within that time. */
  boolean comesWithin(int ms) throws IOException {
    socket.setSoTimeout(ms);
    try {
      int next = in.read();
      if (next >= 0) {
        in.unread(next);
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(TIMEOUT_MS);
    }
  }

  /** Whether the other side ends the connection, within the time limit. */
  boolean ends() throws IOException {
    try {
      while (in.read() >= 0) {
        continue;
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (java.net.SocketException e) {
      return true; // Reset: an end all the same.
    }
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after: " + head.toString(StandardCharsets.ISO_8859_1));
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  record Answer(int status, String head, String body) {}
}
