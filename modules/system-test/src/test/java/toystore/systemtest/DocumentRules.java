package toystore.systemtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a document in Markdown names must be there. Pure: each rule returns what breaks it. */
final class DocumentRules {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#:]*\\.md)?#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w/.<])((?:bin|conf|docs|modules|test-output)/[\\w./-]*[\\w/])");

  /** A class, or a member of one, in code. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.\\w+)?`");

  /** Up to where the shell, or the document, goes on to something else. */
  private static final Pattern COMMAND =
      Pattern.compile("bin/toystore(?: +([a-z][a-z-]*))?((?:\\\\\\R|[^`|;&#\\n])*)");

  private static final Pattern OPTION = Pattern.compile("(?<=\\s)--?[A-Za-z][A-Za-z-]*");
  private static final Pattern VERTICLE =
      Pattern.compile("bin/vertx run +((?:\\w+\\.)+\\w+)(?:[ \\\\\\n]+--?conf +([\\w./-]*\\w))?");

  private DocumentRules() {}

  /** Targets of its links within the checkout, as they are written. */
  static List<String> links(String document) {
    return LINK.matcher(document).results().map(link -> link.group(1)).toList();
  }

  /**
   * @param exists whether a target leads somewhere, seen from the document
   */
  static List<String> brokenLinks(String document, Predicate<String> exists) {
    return links(document).stream().filter(exists.negate()).toList();
  }

  /**
   * Links to a heading that is not there. An anchor is its heading in lower case, with hyphens for
   * spaces and without punctuation.
   *
   * @param text of the document that a link leads to, "" for this one
   */
  static List<String> missingAnchors(String document, Function<String, String> text) {
    return ANCHOR
        .matcher(document)
        .results()
        .filter(link -> {
          String target = link.group(1) == null ? "" : link.group(1);
          return !anchors(text.apply(target)).contains(link.group(2));
        })
        .map(link -> link.group().substring("](".length(), link.group().length() - 1))
        .toList();
  }

  private static Set<String> anchors(String document) {
    return HEADING
        .matcher(document)
        .results()
        .map(heading -> heading
            .group(1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N} _-]", "")
            .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /**
   * @param exists whether a path from the top of the checkout does
   */
  static List<String> missingPaths(String document, Predicate<String> exists) {
    return PATH.matcher(document)
        .results()
        .map(path -> path.group(1))
        .filter(exists.negate())
        .toList();
  }

  /**
   * @param isClass whether a simple name is that of a class
   */
  static List<String> unknownClasses(String document, Predicate<String> isClass) {
    return CLASS
        .matcher(document)
        .results()
        .map(name -> name.group(1))
        .filter(isClass.negate())
        .toList();
  }

  /**
   * Commands that are none, and options that a command has not.
   *
   * @param commands each with its options; under "" the options of bin/toystore itself
   */
  static List<String> unknownCommands(String document, Map<String, Set<String>> commands) {
    List<String> unknown = new ArrayList<>();
    Matcher use = COMMAND.matcher(document);
    while (use.find()) {
      String command = use.group(1) == null ? "" : use.group(1);
      if (!commands.containsKey(command)) {
        unknown.add(command);
        continue;
      }
      Matcher option = OPTION.matcher(use.group(2));
      while (option.find()) {
        if (!commands.get(command).contains(option.group())) {
          unknown.add((command + " " + option.group()).strip());
        }
      }
    }
    return unknown;
  }

  /**
   * Verticles to run that are no class, and their files that do not exist.
   *
   * @param isClass whether there is a class of that name
   * @param exists whether a path from the top of the checkout does
   */
  static List<String> unknownVerticles(
      String document, Predicate<String> isClass, Predicate<String> exists) {
    List<String> unknown = new ArrayList<>();
    Matcher use = VERTICLE.matcher(document);
    while (use.find()) {
      if (!isClass.test(use.group(1))) {
        unknown.add(use.group(1));
      }
      if (use.group(2) != null && !exists.test(use.group(2))) {
        unknown.add(use.group(2));
      }
    }
    return unknown;
  }
}
