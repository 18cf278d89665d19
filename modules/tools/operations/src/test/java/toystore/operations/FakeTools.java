package toystore.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A checkout with the scripts of bin/, where java and mvn only say how they were called. */
final class FakeTools {
  private static final Path BIN = Installation.find().home().resolve("bin");

  private final Path home;
  private Path checkout;
  private final Path elsewhere;

  FakeTools(Path folder) throws IOException {
    home = folder.toRealPath();
    checkout = home.resolve("check out");
    elsewhere = Files.createDirectories(home.resolve("else where"));
    for (String script : new String[] {"vertx", "toystore", "setup.sh"}) {
      Files.createDirectories(checkout.resolve("bin"));
      Files.copy(BIN.resolve(script), checkout.resolve("bin").resolve(script));
    }
    FakeInstallation.write(checkout.resolve("pom.xml"), "<project/>");
    FakeInstallation.write(checkout.resolve("modules/room/one/pom.xml"), "<project/>");
    FakeInstallation.write(checkout.resolve("modules/room/one/src/main/One.java"), "class One {}");
    script(
        home.resolve("jdk/bin/java"),
        "echo \"in $PWD\"; echo \"LC_ALL=${LC_ALL:-}\"; for word in \"$@\"; do echo \"$word\"; done");
    isVersion("17.0.1+12");
    script(
        home.resolve("tools/mvn"),
        "echo \"mvn $*\"",
        "mkdir -p modules/distribution/target/lib && touch modules/distribution/target/built"
            + " modules/distribution/target/lib/a.jar modules/distribution/target/lib/b.jar");
  }

  Path home() {
    return home;
  }

  Path checkout() {
    return checkout;
  }

  void moveCheckout(String name) throws IOException {
    checkout = Files.move(checkout, home.resolve(name));
  }

  /** Where the scripts are called from. */
  Path elsewhere() {
    return elsewhere;
  }

  void isVersion(String version) throws IOException {
    Files.writeString(
        home.resolve("jdk/release"),
        "IMPLEMENTOR=\"X\"\nJAVA_RUNTIME_VERSION=\"" + version + "\"\nJAVA_VERSION=\"1\"\n");
  }

  void locale(String... lines) throws IOException {
    script(home.resolve("tools/locale"), lines);
  }

  void makeLib(String... more) throws IOException {
    Path lib = Files.createDirectories(home.resolve("lib"));
    Files.createFile(lib.resolve("z.jar"));
    for (String file : more) {
      Files.createFile(lib.resolve(file));
    }
  }

  Result startOfVertx(Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("TOYSTORE_LIB", home.resolve("lib").toString());
    return run(all, checkout.resolve("bin/vertx"), "run", "x", "-conf", "/y");
  }

  record Result(int status, String output, String errors) {
    List<String> lines() {
      return output.lines().toList();
    }
  }

  Result run(Map<String, String> environment, Path script, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    Path output = home.resolve("output");
    Path errors = home.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(elsewhere.toFile())
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("TOYSTORE_")
            || name.contains("JAVA") && name.contains("OPTIONS")
            || name.equals("LC_ALL"));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().put("PATH", home.resolve("tools") + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Result(
        status,
        Files.readString(output, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }

  static void script(Path file, String... lines) throws IOException {
    FakeInstallation.write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
