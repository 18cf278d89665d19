package toystore.edge;

import java.nio.file.Path;
import java.util.UUID;

/**
 * Which process answers. Commands compare it with what they started: another process may listen
 * where one is expected.
 *
 * @param start tells this run from every other: what its starter called it, else its own invention
 * @param data the folder that it holds, null for none
 */
record RunningProcess(long pid, String start, String data) {
  /** The environment variable by which a starter names the run. */
  private static final String STARTED_AS = "TOYSTORE_START";

  private static final String START =
      System.getenv().getOrDefault(STARTED_AS, UUID.randomUUID().toString());

  static RunningProcess withoutData() {
    return new RunningProcess(ProcessHandle.current().pid(), START, null);
  }

  RunningProcess holding(Path folder) {
    return new RunningProcess(pid, start, folder.toAbsolutePath().normalize().toString());
  }
}
