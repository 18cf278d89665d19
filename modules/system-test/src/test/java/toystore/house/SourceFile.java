package toystore.house;

import com.github.javaparser.JavaParser;
import com.github.javaparser.JavaToken;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One file of Java.
 *
 * @param path below the checkout
 */
record SourceFile(Path path, CompilationUnit unit, List<String> lines) {
  /** A part of a file, and how many of its lines have code: neither empty nor comment only. */
  record Part(String name, long linesOfCode) {}

  /** All files of Java in the sources of a kind, {@code main} or {@code test}. */
  static List<SourceFile> all(Path checkout, String kind) {
    JavaParser parser = new JavaParser(
        new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17));
    Path sources = Path.of("src", kind, "java");
    try (Stream<Path> files = Files.walk(checkout.resolve("modules"))) {
      List<SourceFile> all = new ArrayList<>();
      for (Path file :
          files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
        Path below = checkout.relativize(file);
        if (below.toString().contains(sources.toString())) {
          all.add(parsed(parser, file, below));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceFile parsed(JavaParser parser, Path file, Path below) throws IOException {
    CompilationUnit unit = parser
        .parse(file)
        .getResult()
        .orElseThrow(() -> new IllegalStateException(below + " cannot be parsed"));
    return new SourceFile(below, unit, Files.readAllLines(file));
  }

  /** The name of the file, which is that of its class. */
  String name() {
    return path.getFileName().toString().replace(".java", "");
  }

  /** Classes, records, enums and interfaces that stand in no other. */
  List<Part> topLevelTypes() {
    return unit.getTypes().stream().map(SourceFile::part).toList();
  }

  List<String> nestedTypes() {
    return unit.findAll(TypeDeclaration.class, type -> !type.isTopLevelType()).stream()
        .map(type -> type.getNameAsString())
        .toList();
  }

  /** Methods and constructors. */
  List<Part> methods() {
    return unit.findAll(CallableDeclaration.class).stream()
        .map(method -> new Part(method.getNameAsString(), linesOfCode(method)))
        .toList();
  }

  /**
   * Numbers of the lines that are longer. Imports cannot be broken, and a text stays whole, so that
   * it can be searched for.
   */
  List<Integer> linesLongerThan(int length) {
    Set<Integer> texts = tokens(unit)
        .filter(token -> token.getCategory().isLiteral() && token.getText().startsWith("\""))
        .flatMap(token -> lines(token).boxed())
        .collect(Collectors.toSet());
    return IntStream.rangeClosed(1, lines.size())
        .filter(number -> lines.get(number - 1).length() > length)
        .filter(number -> !lines.get(number - 1).startsWith("import "))
        .filter(number -> !texts.contains(number))
        .boxed()
        .toList();
  }

  private static Part part(TypeDeclaration<?> type) {
    return new Part(type.getNameAsString(), linesOfCode(type));
  }

  /** A text block counts with all its lines. */
  private static long linesOfCode(Node node) {
    return tokens(node)
        .filter(token -> !token.getCategory().isWhitespaceOrComment())
        .flatMapToInt(SourceFile::lines)
        .distinct()
        .count();
  }

  private static Stream<JavaToken> tokens(Node node) {
    JavaToken last = node.getTokenRange().orElseThrow().getEnd();
    return Stream.iterate(
        node.getTokenRange().orElseThrow().getBegin(),
        Objects::nonNull,
        token -> token == last ? null : token.getNextToken().orElse(null));
  }

  private static IntStream lines(JavaToken token) {
    Range range = token.getRange().orElseThrow();
    return IntStream.rangeClosed(range.begin.line, range.end.line);
  }
}
