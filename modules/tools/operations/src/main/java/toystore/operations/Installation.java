package toystore.operations;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the scripts, the default configuration and the built jars are.
 *
 * @param home the folder that holds bin/ and conf/, absolute
 */
public record Installation(Path home) {
  /** bin/toystore says where it is; a test runs somewhere below it. */
  public static Installation find() {
    String said = System.getProperty("toystore.checkout");
    if (said != null) {
      return new Installation(Path.of(said));
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("bin/vertx"))) {
        return new Installation(folder);
      }
    }
    throw new OperationFailed("no bin/vertx in or above " + Path.of("").toAbsolutePath());
  }

  Path vertx() {
    return home.resolve("bin/vertx");
  }

  Path toystore() {
    return home.resolve("bin/toystore");
  }

  Path conf() {
    return home.resolve("conf");
  }

  /** The services' jars, as built or as released; bin/setup.sh looks in the same place. */
  Path lib() {
    String chosen = System.getenv("TOYSTORE_LIB");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen).toAbsolutePath();
    }
    boolean release = !Files.exists(home.resolve("modules"));
    return home.resolve(release ? "lib" : "modules/distribution/target/lib");
  }

  /** {@code --data}, else the environment's TOYSTORE_DATA, else data/ here. */
  public Path data(Path chosen) {
    if (chosen != null) {
      return chosen.toAbsolutePath().normalize();
    }
    String environment = System.getenv("TOYSTORE_DATA");
    return environment == null || environment.isEmpty()
        ? home.resolve("data")
        : Path.of(environment).toAbsolutePath().normalize();
  }
}
