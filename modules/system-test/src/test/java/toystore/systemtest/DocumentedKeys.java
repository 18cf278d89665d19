package toystore.systemtest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import toystore.edge.SettingKey;

/**
 * A table of configuration keys in a document. What a key means was written by a person; what it
 * may be, and what holds without it, comes from the code. A default between asterisks is a
 * person's too: it depends on the machine, or on another key.
 */
record DocumentedKeys(List<List<String>> rows) {
  private static final String HEAD = "| key | meaning | type, unit | range | default |";
  private static final int CELLS = 5;
  private static final int MEANING = 1;
  private static final int DEFAULT = 4;

  /** The table below that heading. */
  static DocumentedKeys under(String heading, List<String> document) {
    List<List<String>> rows = new ArrayList<>();
    int at = document.indexOf(heading);
    if (at < 0) {
      throw new AssertionError("no heading " + heading);
    }
    for (String line : document.subList(at + 1, document.size())) {
      if (line.startsWith("## ")) {
        break;
      }
      if (line.startsWith("| `")) {
        List<String> cells = List.of(line.substring(1, line.length() - 1).split("\\|", -1)).stream()
            .map(String::strip)
            .toList();
        if (cells.size() != CELLS) {
          throw new AssertionError(line);
        }
        rows.add(cells);
      }
    }
    return new DocumentedKeys(rows);
  }

  /** The lines that it should have; a meaning that nobody has written yet is a question mark. */
  List<String> lines(List<SettingKey> keys) {
    List<String> lines = new ArrayList<>(List.of(HEAD, "| --- | --- | --- | --- | --- |"));
    keys.forEach(key -> lines.add(row(key)));
    return lines;
  }

  /** The lines that it has. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(HEAD, "| --- | --- | --- | --- | --- |"));
    rows.forEach(cells -> lines.add(line(cells)));
    return lines;
  }

  private String row(SettingKey key) {
    String name = "`" + key.name() + "`";
    List<String> old = rows.stream()
        .filter(cells -> cells.get(0).equals(name))
        .findFirst()
        .orElse(List.of(name, "?", "", "", ""));
    String absent = old.get(DEFAULT).startsWith("*") ? old.get(DEFAULT) : key.absent();
    return line(List.of(name, old.get(MEANING), key.type(), key.range(), absent));
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
