package toystore.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import toystore.command.ExitCode;

/** Every command's help, and every command's complaints: one style, and nothing left out. */
class HelpTest {
  private static final int MOST_LINES = 9;

  private static final Set<String> CODES = Stream.of(ExitCode.values())
      .map(code -> String.valueOf(code.status()))
      .collect(Collectors.toSet());

  /** Text that anything may be: no value of these is wrong before it is used. */
  private static final Set<String> FREE_TEXT = Set.of("client --host", "client --toys");

  /** What each command must be given, so that it gets as far as to the option in question. */
  private static final Map<String, String> NEEDED = Map.ofEntries(
      Map.entry("orders", "--replica=1"),
      Map.entry("log", "--replica=1"),
      Map.entry("kill", "order-1"),
      Map.entry("pause", "order-1"),
      Map.entry("resume", "order-1"),
      Map.entry("stop", "order-1"),
      Map.entry("start", "order-1"),
      Map.entry("logs", "order-1"),
      Map.entry("rebuild", "order-1"),
      Map.entry("backup", "nowhere.backup"),
      Map.entry("restore", "nowhere.backup"),
      Map.entry("export", "nowhere.jsonl"),
      Map.entry("import", "nowhere.jsonl"),
      Map.entry("check-history", "nowhere.history"),
      Map.entry("configure", "nowhere.txt"));

  @TestFactory
  Stream<DynamicTest> everyHelpHasExamplesAndExitCodesInOneStyle() {
    return commands()
        .map(command -> dynamicTest(command.getCommandName(), () -> checkHelp(command)));
  }

  private void checkHelp(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    Map<String, String> codes = spec.usageMessage().exitCodeList();
    List<Integer> order = codes.keySet().stream().map(Integer::valueOf).toList();
    assertAll(
        () -> assertTrue(help.startsWith("Usage: bin/toystore " + spec.name()), help),
        () -> assertTrue(help.contains("\nExamples:\n  bin/toystore "), help),
        () -> assertTrue(help.contains("bin/toystore " + spec.name()), help),
        () -> assertEquals(
            List.of(),
            help.lines().filter(line -> line.matches("\\s*toystore .*")).toList()),
        () -> assertTrue(codes.keySet().containsAll(Set.of("0", "1", "2", "70")), help),
        () -> assertTrue(CODES.containsAll(codes.keySet()), help),
        () -> assertEquals(order.stream().sorted().toList(), order),
        () -> assertTrue(help.contains("\nOptions:\n"), help),
        () -> assertEquals(help.indexOf("Options:"), help.lastIndexOf("Options:"), help),
        () -> assertEquals(List.of(), notSentences(spec)),
        () -> assertTrue(spec.findOption("--help") != null, help),
        () -> assertTrue(CommandGroups.groupOf(spec.name()).isPresent(), spec.name()));
  }

  /** What a command and its options say is a sentence or more, and tells a person what to do. */
  private static List<String> notSentences(CommandSpec spec) {
    List<String> all = new ArrayList<>();
    all.add(spec.usageMessage().description()[0]);
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        all.add(String.join(" ", option.description()));
      }
    }
    for (PositionalParamSpec word : spec.positionalParameters()) {
      all.add(String.join(" ", word.description()));
    }
    all.removeIf(text -> text.matches("(?s)(\\p{Lu}|catalog|order-1|[12, ]+|FIGURE).*[.0-9]"));
    if (spec.usageMessage().description()[0].matches("\\w+s .*")) {
      all.add("not an order: " + spec.usageMessage().description()[0]);
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> everyWrongValueIsWrongUsageInAFewLines() {
    return commands().flatMap(command -> command.getCommandSpec().options().stream()
        .filter(option -> option.arity().min() > 0)
        .filter(
            option -> !FREE_TEXT.contains(command.getCommandName() + " " + option.longestName()))
        .flatMap(option -> wrongValues(option)
            .map(value -> dynamicTest(
                command.getCommandName() + " " + option.longestName() + "='" + value + "'",
                () -> assertRefused(command.getCommandName(), option, value)))));
  }

  private static Stream<String> wrongValues(OptionSpec option) {
    if (option.typeInfo().getAuxiliaryTypes()[0] == Path.class) {
      return Stream.of("", "a\0b");
    }
    boolean isNumber = !option.isMultiValue()
        && (option.typeInfo().getType().isPrimitive()
            || Number.class.isAssignableFrom(option.typeInfo().getType()));
    return isNumber && !option.longestName().equals("--seed")
        ? Stream.of("", "nonsense", "-1", "NaN", "99999999999999999999", "1,5", "0x1")
        : Stream.of("", "nonsense");
  }

  private void assertRefused(String command, OptionSpec option, String value) {
    List<String> words = new ArrayList<>(List.of(command, option.longestName() + "=" + value));
    String needed = NEEDED.get(command);
    if (needed != null && !needed.startsWith(option.longestName() + "=")) {
      words.add(needed);
    }

    Said said = run(words);

    assertEquals(2, said.status, said.err);
    assertEquals("", said.out);
    assertTrue(said.err.lines().count() <= MOST_LINES, said.err);
    assertTrue(said.err.startsWith(option.longestName() + ":"), said.err);
    assertTrue(option.hidden() || said.err.contains("\n  "), said.err);
    assertTrue(said.err.endsWith("bin/toystore " + command + " --help says more.\n"), said.err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up --conf",
        "drill --lib",
        "evaluate --compare",
        "client --json",
        "client --html",
        "client --hdr"
      })
  void aFolderThatIsNotThereIsWrongUsage(String option) {
    String[] words = option.split(" ");

    Said said = run(List.of(words[0], words[1] + "=/nowhere/of/that/name"));

    assertEquals(2, said.status, said.err);
    assertTrue(said.err.startsWith(words[1] + ": "), said.err);
    assertTrue(said.err.lines().count() <= MOST_LINES, said.err);
  }

  @TestFactory
  Stream<DynamicTest> whatNoCommandKnowsIsWrongUsageInAFewLines() {
    return commands()
        .map(CommandLine::getCommandName)
        .map(name -> dynamicTest(name, () -> {
          Said said = run(Stream.of(name, "--no-such-option", NEEDED.get(name))
              .filter(Objects::nonNull)
              .toList());

          assertEquals(2, said.status, said.err);
          assertTrue(said.err.lines().count() <= MOST_LINES, said.err);
          assertTrue(said.err.contains("no-such-option"), said.err);
        }));
  }

  @Test
  void aloneItPrintsTheCommands() {
    Said said = run(List.of());

    assertEquals(0, said.status);
    assertTrue(said.out.contains("Start the store"), said.out);
  }

  @Test
  void aDrillThatSimulatesIsTheCommandThatSimulates() {
    Said said = run(List.of("drill", "--simulate", "--help"));

    assertEquals(0, said.status, said.err);
    assertTrue(said.out.startsWith("Usage: bin/toystore simulate"), said.out);
  }

  @Test
  void theTopHelpHasEveryCommandOnceByWhatItIsFor() {
    String help = run(List.of("--help")).out;
    for (String group :
        List.of("Run a store", "Break it", "Look at it", "Measure it", "Prove it")) {
      assertTrue(help.contains("\n" + group + ":\n"), help);
    }
    Map<String, Long> lines = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    commands().map(CommandLine::getCommandName).forEach(name -> {
      names.add(name);
      lines.put(
          name, help.lines().filter(line -> line.startsWith("  " + name + " ")).count());
    });
    assertEquals(names.stream().collect(Collectors.toMap(name -> name, name -> 1L)), lines);
    CODES.forEach(code -> assertTrue(help.contains("\n  " + code + " "), code + ": " + help));
  }

  @Test
  void aCommandOnAStoreIsMadeWithoutTheOthers() {
    for (String name : List.of("up", "status", "configure")) {
      assertEquals(
          Set.of(name), Toystore.commandLineFor(name, "--help").getSubcommands().keySet());
    }
    for (String[] words : new String[][] {{}, {"none"}, {"drill"}, {"--help", "up"}}) {
      assertEquals(
          commands().count(), Toystore.commandLineFor(words).getSubcommands().size());
    }
  }

  @Test
  void onlyAReplicaCanBeRebuilt() {
    Said said = run(List.of("rebuild", "catalog"));

    assertEquals(2, said.status, said.err);
    assertTrue(
        said.err.startsWith("REPLICA: 'catalog' is not order-1, order-2 or order-3"), said.err);
    assertTrue(said.err.contains("REPLICA      order-1, order-2 or order-3."), said.err);
    assertTrue(run(List.of("rebuild", "--help")).out.contains("order-1, order-2 or order-3."));
  }

  private static Stream<CommandLine> commands() {
    return Toystore.commandLine().getSubcommands().values().stream();
  }

  private static Said run(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Toystore.commandLineFor(words.toArray(String[]::new))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
    return new Said(status, out.toString(), err.toString());
  }

  private record Said(int status, String out, String err) {}
}
