package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the scripts of bin/ tell the JVM, by which JVM it is, what the person says, and the locale.
 */
class ScriptsOnJvmsTest {
  @TempDir
  Path home;

  private FakeTools tools;

  @BeforeEach
  void makeCheckout() throws IOException {
    tools = new FakeTools(home);
  }

  /** What a person may say, the way it is said, and what we would have said to the same thing. */
  @ParameterizedTest
  @CsvSource({
    "TOYSTORE_JAVA_OPTS, -XX:+UseG1GC, -XX:+UseSerialGC",
    "JAVA_TOOL_OPTIONS, -XX:+UseParallelGC, -XX:+UseSerialGC",
    "JDK_JAVA_OPTIONS, -XX:+UseZGC, -XX:+UseSerialGC",
    "_JAVA_OPTIONS, -XX:-UseSerialGC, -XX:+UseSerialGC",
    "TOYSTORE_JAVA_OPTS, -Xmx200m, -Xms256m",
    "TOYSTORE_JAVA_OPTS, -Xmx200m, -Xmx2g",
    "TOYSTORE_JAVA_OPTS, -Xmx200m, -XX:NewSize=16m",
    "TOYSTORE_JAVA_OPTS, -Xmn64m, -XX:MaxNewSize=64m",
    "JAVA_TOOL_OPTIONS, -XX:NewRatio=1, -XX:NewRatio=16",
    "TOYSTORE_JAVA_OPTS, -Dio.netty.jfr.enabled=true, -Dio.netty.jfr.enabled=false",
    "JAVA_TOOL_OPTIONS, -Xms3g, -Xmx2g",
    "JDK_JAVA_OPTIONS, -XX:MaxRAMPercentage=50, -Xmx2g",
    "JAVA_TOOL_OPTIONS, -XX:MetaspaceSize=32m, -XX:MetaspaceSize=64m",
    "_JAVA_OPTIONS, -XX:+UsePerfData, -XX:-UsePerfData",
    "JAVA_TOOL_OPTIONS, -Xshare:off, -XX:SharedArchiveFile=",
    "JAVA_TOOL_OPTIONS, -Xshare:off, -XX:ArchiveRelocationMode=0",
    "JDK_JAVA_OPTIONS, -XX:ArchiveRelocationMode=1, -XX:ArchiveRelocationMode=0"
  })
  void thePersonsWordToTheJvmWins(String variable, String theirs, String ours) throws Exception {
    tools.makeLib("toystore-17.0.1+12.jsa");

    assertTrue(tools.startOfVertx(Map.of()).output().contains(ours));
    FakeTools.Result result = tools.startOfVertx(Map.of(variable, "-Da=b " + theirs));

    assertEquals(0, result.status(), result.errors());
    assertFalse(result.output().contains(ours), result.output());
    assertEquals(
        variable.equals("TOYSTORE_JAVA_OPTS"), result.lines().contains(theirs), result.output());
  }

  @Test
  void optionsInAFileAreThePersonsWordToo() throws Exception {
    tools.makeLib();
    Path file = tools.home().resolve("options");
    Files.writeString(file, "-Da=b\n-XX:+UseG1GC\n");

    for (String option : List.of("@" + file, "-XX:VMOptionsFile=" + file)) {
      FakeTools.Result result = tools.startOfVertx(Map.of("TOYSTORE_JAVA_OPTS", option));

      assertFalse(result.output().contains("UseSerialGC"), result.output());
    }
  }

  @Test
  void parsedClassesAreForTheJvmThatParsedThemOnly() throws Exception {
    tools.makeLib("toystore-17.0.1+12.jsa");
    String archive = "-XX:SharedArchiveFile=" + tools.home().resolve("lib/toystore-17.0.1+12.jsa");

    assertTrue(tools.startOfVertx(Map.of()).lines().contains(archive));
    for (String other : List.of("17.0.2+12", "17.0.1+13", "25.0.1+12-LTS")) {
      tools.isVersion(other);
      assertFalse(tools.startOfVertx(Map.of()).output().contains("SharedArchive"), other);
    }
  }

  @Test
  void commandsHaveParsedClassesOfTheirOwnOrElseThoseOfServices() throws Exception {
    tools.makeLib("toystore-17.0.1+12.jsa");
    Path lib = tools.home().resolve("lib");
    Path command = tools.checkout().resolve("bin/toystore");
    Map<String, String> environment = Map.of("TOYSTORE_LIB", lib.toString());
    String ofServices = "-XX:SharedArchiveFile=" + lib.resolve("toystore-17.0.1+12.jsa");
    assertTrue(tools.run(environment, command, "status").lines().contains(ofServices));

    Path own = lib.resolve("tools/toystore-17.0.1+12.jsa");
    FakeInstallation.write(own, "parsed");

    String ofCommands = "-XX:SharedArchiveFile=" + own;
    assertTrue(tools.run(environment, command, "status").lines().contains(ofCommands));
    assertTrue(tools.startOfVertx(Map.of()).lines().contains(ofServices));
  }

  @Test
  void aJvmWithoutAFileThatTellsItsVersionIsAsked() throws Exception {
    tools.makeLib("toystore-17.0.1+12.jsa");
    Files.delete(tools.home().resolve("jdk/release"));
    FakeTools.script(
        tools.home().resolve("jdk/bin/java"),
        "if [ \"$2\" = -version ]; then echo '    java.runtime.version = 17.0.1+12' >&2; exit; fi",
        "for word in \"$@\"; do echo \"$word\"; done");

    FakeTools.Result result = tools.startOfVertx(Map.of());

    assertTrue(
        result.output().contains("toystore-17.0.1+12.jsa"), result.output() + result.errors());
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    tools.makeLib();
    tools.isVersion("11.0.20+8");

    FakeTools.Result result = tools.startOfVertx(Map.of());

    assertEquals(1, result.status());
    assertTrue(result.errors().contains("JDK 17 or later is needed"), result.errors());
  }

  @Test
  void nativeCodeIsAllowedWhereTheJvmWouldWarnOfIt() throws Exception {
    tools.makeLib();
    String option = "--enable-native-access=ALL-UNNAMED";

    assertFalse(tools.startOfVertx(Map.of()).lines().contains(option));
    tools.isVersion("25.0.1+12-LTS");
    assertTrue(tools.startOfVertx(Map.of()).lines().contains(option));
  }

  @Test
  void onlyAJvmThatKnowsHowGivesNativeMemoryBack() throws Exception {
    tools.makeLib();
    String option = "-XX:TrimNativeHeapInterval=60000";

    for (String without : List.of("17.0.1+12", "17.0.14+7", "18.0.2+9", "21+35")) {
      tools.isVersion(without);
      assertFalse(tools.startOfVertx(Map.of()).lines().contains(option), without);
    }
    for (String with : List.of("17.0.15+6-Debian-1deb12u1", "17.0.20+8", "25.0.1+12-LTS")) {
      tools.isVersion(with);
      assertTrue(tools.startOfVertx(Map.of()).lines().contains(option), with);
    }
  }

  @Test
  void whatTheJvmSaysOfACommandGoesToStandardError() throws Exception {
    tools.makeLib();
    Path toystore = tools.checkout().resolve("bin/toystore");
    Map<String, String> lib = Map.of("TOYSTORE_LIB", tools.home().resolve("lib").toString());

    List<String> words = tools.run(lib, toystore, "status").lines();

    assertTrue(words.containsAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr")));
  }

  @Test
  void aColonInAPathEndsNoWordOfTheClassPath() throws Exception {
    tools.moveCheckout("check:out");
    Path lib = Files.createDirectories(tools.home().resolve("l:i:b"));
    Files.createFile(lib.resolve("y.jar"));
    Files.createFile(lib.resolve("z.jar"));
    // Its class path must lead to the jars while it runs.
    FakeTools.script(
        tools.home().resolve("jdk/bin/java"),
        "while [ \"$1\" != -cp ]; do shift; done; IFS=:; ls -- $2");

    FakeTools.Result result = tools.startOfVertx(Map.of("TOYSTORE_LIB", lib.toString()));

    assertEquals("", result.errors());
    assertEquals(2, result.lines().size(), result.output());
    assertTrue(result.lines().get(1).endsWith("/z.jar"), result.output());
  }

  @Test
  void aCheckoutWithAColonIsNotBuilt() throws Exception {
    tools.moveCheckout("check:out");

    FakeTools.Result result = tools.run(Map.of(), tools.checkout().resolve("bin/toystore"), "up");

    assertEquals(1, result.status());
    assertTrue(result.errors().contains("a colon in its path"), result.errors());
  }

  @Test
  void anAsciiLocaleGivesWayToAUtf8One() throws Exception {
    tools.makeLib();
    tools.locale("case $LC_ALL in en_US.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;; esac");
    assertTrue(tools.startOfVertx(Map.of()).lines().contains("LC_ALL=en_US.UTF-8"));

    tools.locale("echo ISO-8859-1");
    assertTrue(tools.startOfVertx(Map.of()).lines().contains("LC_ALL="));
  }

  @Test
  void whereNoUtf8LocaleIsANameBeyondAsciiIsRefused() throws Exception {
    tools.makeLib();
    tools.locale("echo ANSI_X3.4-1968");

    assertEquals(0, tools.startOfVertx(Map.of()).status());
    FakeTools.Result result = toldInBytes("/tmp/L\\303\\244den");

    assertEquals(1, result.status());
    assertTrue(result.errors().contains("no UTF-8 locale was found"), result.errors());
  }

  @Test
  void aNameThatIsNotInTheCharsetOfTheLocaleIsRefused() throws Exception {
    tools.makeLib();
    tools.locale("echo UTF-8");

    FakeTools.Result result = toldInBytes("/tmp/L\\344den");

    assertEquals(1, result.status(), result.output());
    assertTrue(result.errors().contains("not in UTF-8"), result.errors());
  }

  /** What Java itself could not send under some locales, as printf writes it. */
  private FakeTools.Result toldInBytes(String name) throws Exception {
    return tools.run(
        Map.of("TOYSTORE_LIB", tools.home().resolve("lib").toString()),
        Path.of("/bin/sh"),
        "-c",
        "'" + tools.checkout() + "/bin/toystore' status --data \"$(printf '" + name + "')\"");
  }
}
