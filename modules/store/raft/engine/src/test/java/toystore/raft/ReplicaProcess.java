package toystore.raft;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import toystore.order.log.BrokenDisk;

/**
 * A replica in a process of its own, so that it can end as it does in earnest; its disk may fail.
 */
final class ReplicaProcess {
  private static final int SEGMENT = 16 << 10;

  private ReplicaProcess() {}

  /**
   * @param said what it prints
   * @param fault names, once it is there, how the disk fails
   */
  static Process start(JsonObject config, Path said, Path fault) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ReplicaProcess.class.getName(),
            config.encode(),
            fault.toString())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  public static void main(String[] arguments) {
    // Whatever becomes of the test, no process stays behind.
    ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> Runtime.getRuntime()
        .halt(2));
    Path fault = Path.of(arguments[1]);
    BrokenDisk disk = new BrokenDisk(() -> faultIn(fault));
    DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject(arguments[0]));
    Vertx.vertx()
        .deployVerticle(new RaftOrderVerticle(new RaftEngine(100, SEGMENT, 64, disk)), options)
        .onFailure(failure -> Runtime.getRuntime().halt(3));
  }

  private static BrokenDisk.Fault faultIn(Path file) {
    try {
      return Files.exists(file)
          ? BrokenDisk.Fault.valueOf(Files.readString(file))
          : BrokenDisk.Fault.NONE;
    } catch (IOException e) {
      throw new IllegalStateException("fault " + file + " cannot be read", e);
    }
  }
}
