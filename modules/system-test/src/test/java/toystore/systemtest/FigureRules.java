package toystore.systemtest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Figures in documents must come from results, and results from a run. Pure. */
final class FigureRules {
  private static final Pattern HEADING = Pattern.compile("#{2,3} .*");
  private static final Pattern LINK_TARGET = Pattern.compile("\\]\\([^)]*\\)");

  /** Not the 3 of order-3 or of p3, nor the 9 of .9; thousands may be separated. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])(?<![A-Za-z]-)(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?");

  private static final Pattern PLAIN_NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
  private static final List<String> STAMP = List.of("command", "commit", "machine");
  private static final int HEAD_LINES = 12;
  private static final String FENCE = "```";

  private FigureRules() {}

  /**
   * Sections that show figures without a link to the result they come from, and numbers in their
   * tables that none of the results they link to contains.
   *
   * @param results the text of the results that a link leads to, all files of a folder in one;
   *     empty if it does not lead to results
   */
  static List<String> unfounded(String document, Function<String, Optional<String>> results) {
    List<String> unfounded = new ArrayList<>();
    for (Section section : sections(document)) {
      if (section.showsFigures()) {
        List<String> texts = DocumentRules.links(section.text()).stream()
            .map(results)
            .flatMap(Optional::stream)
            .toList();
        if (texts.isEmpty()) {
          unfounded.add(section.title() + ": links to no result");
        } else {
          Set<String> known =
              texts.stream().flatMap(text -> all(text).stream()).collect(Collectors.toSet());
          section.numbers().stream()
              .filter(number -> !known.contains(number))
              .forEach(number -> unfounded.add(section.title() + ": " + number));
        }
      }
    }
    return unfounded;
  }

  /** What a result, or the stamp of its folder, does not say of its run. */
  static List<String> missingInStamp(String stamp) {
    String lower = stamp.toLowerCase(Locale.ROOT);
    return STAMP.stream().filter(word -> !lower.contains(word)).toList();
  }

  /** The lines of a text that are its stamp. */
  static String head(String result) {
    return result.lines().limit(HEAD_LINES).collect(Collectors.joining("\n"));
  }

  /** The document in parts, each from a heading of the second or third level to the next. */
  private static List<Section> sections(String document) {
    List<Section> sections = new ArrayList<>();
    String title = "before the first section";
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : document.lines().toList()) {
      code ^= line.strip().startsWith(FENCE);
      if (!code && HEADING.matcher(line).matches()) {
        sections.add(new Section(title, lines));
        title = line;
        lines = new ArrayList<>();
      }
      if (!code) {
        lines.add(line);
      }
    }
    sections.add(new Section(title, lines));
    return sections;
  }

  private static List<String> numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(number -> number.group().replace(",", ""))
        .toList();
  }

  /** A comma may separate thousands, or the columns of a CSV. */
  private static Set<String> all(String result) {
    Set<String> numbers = new HashSet<>(numbers(result));
    PLAIN_NUMBER.matcher(result).results().forEach(number -> numbers.add(number.group()));
    return numbers;
  }

  /**
   * @param lines without those of code blocks
   */
  private record Section(String title, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }

    boolean showsFigures() {
      return text().contains("![") || !numbers().isEmpty();
    }

    /** Those in tables. */
    List<String> numbers() {
      return lines.stream()
          .filter(line -> line.strip().startsWith("|"))
          .map(line -> LINK_TARGET.matcher(line).replaceAll("]"))
          .flatMap(line -> FigureRules.numbers(line).stream())
          .toList();
    }
  }
}
