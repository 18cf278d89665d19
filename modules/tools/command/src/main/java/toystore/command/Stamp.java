package toystore.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where figures come from: without it they mean nothing. Never a host's name or a path.
 *
 * @param command that makes them again
 * @param commit of the checkout or release; "unknown" in a copy that does not tell
 * @param dirty whether it had other changes
 * @param startedAt day and time, UTC
 * @param machine that ran the command
 * @param elsewhere where the store ran, if it was not there; null if it was, and in older stamps
 */
public record Stamp(
    String command,
    String commit,
    boolean dirty,
    String startedAt,
    Machine machine,
    Elsewhere elsewhere) {

  /**
   * A store on a machine of its own.
   *
   * @param machine as whoever runs it describes it
   * @param leastMs the shortest round trip to it, without the store
   * @param roundTripMs the median
   * @param mostMs the longest
   */
  public record Elsewhere(String machine, double leastMs, double roundTripMs, double mostMs) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, %.2f ms there and back (%.2f to %.2f)",
          machine,
          roundTripMs,
          leastMs,
          mostMs);
    }
  }

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

  public Stamp withStore(Elsewhere where) {
    return new Stamp(command, commit, dirty, startedAt, machine, where);
  }

  public String version() {
    return commit + (dirty ? " (dirty: with uncommitted changes)" : "");
  }

  /** Lines to head a result with. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(
        "command: " + command,
        "commit:  " + version(),
        "machine: " + machine,
        "started: " + startedAt));
    if (elsewhere != null) {
      lines.add("store:   " + elsewhere);
    }
    return lines;
  }
}
