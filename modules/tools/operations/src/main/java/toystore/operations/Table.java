package toystore.operations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under a head, in columns as wide as they must be; numbers stand at the right. Owned by one
 * thread.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    rows.add(List.of(head));
  }

  public Table row(Object... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("cells=" + cells.length);
    }
    rows.add(Arrays.stream(cells).map(String::valueOf).toList());
    return this;
  }

  public List<String> lines() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int at = column;
      widths[column] = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
      numeric[column] = rows.stream().skip(1).allMatch(row -> isNumber(row.get(at)));
    }
    return rows.stream().map(row -> line(row, widths, numeric)).toList();
  }

  private static boolean isNumber(String cell) {
    return cell.matches("-|none|[-<]?[0-9][0-9.]*(%| [a-z]{1,3})?");
  }

  private static String line(List<String> row, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - row.get(column).length());
      line.append(column == 0 ? "" : GAP)
          .append(numeric[column] ? padding + row.get(column) : row.get(column) + padding);
    }
    return line.toString().stripTrailing();
  }
}
