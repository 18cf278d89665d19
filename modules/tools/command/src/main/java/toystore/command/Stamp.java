package toystore.command;

import java.util.List;

/**
 * Where figures come from: without it they mean nothing. Never a host's name or a path.
 *
 * @param command that makes them again
 * @param commit of the checkout; "unknown" outside of git
 * @param dirty whether the checkout had other changes
 * @param startedAt day and time, UTC
 */
public record Stamp(
    String command, String commit, boolean dirty, String startedAt, Machine machine) {

  /**
   * A kind of machine.
   *
   * @param fileSystem that the data lay on: what a durable write costs depends on it
   */
  public record Machine(
      String processor, int cores, long memoryMb, String kernel, String jdk, String fileSystem) {
    @Override
    public String toString() {
      return String.join(
          ", ",
          cores + " cores (" + processor + ")",
          Math.round(memoryMb / 1024.0) + " GB",
          kernel,
          jdk,
          fileSystem);
    }
  }

  public String version() {
    return commit + (dirty ? " (dirty: with uncommitted changes)" : "");
  }

  /** Lines to head a result with. */
  public List<String> lines() {
    return List.of(
        "command: " + command,
        "commit:  " + version(),
        "machine: " + machine,
        "started: " + startedAt);
  }
}
