package toystore.frontend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of the table of raw requests, {@code raw-requests.txt}.
 *
 * @param line what the table says, for a report
 * @param section of an RFC
 * @param statuses of the answers, in their order
 * @param ends whether the server closes the connection behind them
 */
record RawRequest(String line, String section, List<Integer> statuses, boolean ends, byte[] bytes) {
  private static final Pattern REPEATED = Pattern.compile("\\{(\\d+) (.)}");

  static List<RawRequest> table() {
    List<RawRequest> table = new ArrayList<>();
    for (String line : lines()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        table.add(parse(line));
      }
    }
    return table;
  }

  private static RawRequest parse(String line) {
    String[] columns = line.split("\\|", 4);
    List<Integer> statuses =
        Arrays.stream(columns[1].strip().split(" ")).map(Integer::valueOf).toList();
    String end = columns[2].strip();
    if (!List.of("ends", "goes on").contains(end) || !columns[3].startsWith(" ")) {
      throw new IllegalArgumentException(line);
    }
    String text = REPEATED
        .matcher(columns[3].substring(1))
        .replaceAll(found -> found.group(2).repeat(Integer.parseInt(found.group(1))))
        .translateEscapes();
    return new RawRequest(
        line,
        columns[0].strip(),
        statuses,
        "ends".equals(end),
        text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<String> lines() {
    try (InputStream in = RawRequest.class.getResourceAsStream("raw-requests.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  boolean isHead() {
    return new String(bytes, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
  }

  @Override
  public String toString() {
    return line;
  }
}
