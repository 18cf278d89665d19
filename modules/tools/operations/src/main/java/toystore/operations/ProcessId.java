package toystore.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process, for all time: pids are used again, but never within one tick of one boot.
 *
 * @param startTicks when it started, from /proc/PID/stat
 * @param boot which run of the machine counts those ticks
 */
record ProcessId(long pid, long startTicks, String boot) {
  /** What a process is doing, as far as its operator cares. */
  enum Condition {
    RUNNING,
    /** Stopped by a signal; it will go on when told. */
    STOPPED,
    GONE
  }

  private static final Path PROC = Path.of("/proc");

  /** The process that has this pid now. */
  static Optional<ProcessId> of(long pid) {
    return Stat.read(pid).map(stat -> new ProcessId(pid, stat.startTicks, thisBoot()));
  }

  Condition condition() {
    return Stat.read(pid)
        .filter(stat -> stat.startTicks == startTicks && boot.equals(thisBoot()))
        .map(Stat::condition)
        .orElse(Condition.GONE);
  }

  boolean isGone() {
    return condition() == Condition.GONE;
  }

  private static String thisBoot() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new OperationFailed("cannot read /proc: processes are known by it", e);
    }
  }

  /** The two fields of /proc/PID/stat that matter here. */
  record Stat(char state, long startTicks) {
    private static final int STATE = 0;
    private static final int START_TIME =
        19; // field 22 of proc(5), counted from the state, field 3

    static Optional<Stat> read(long pid) {
      try {
        byte[] line = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("stat"));
        return Optional.of(parse(new String(line, StandardCharsets.ISO_8859_1)));
      } catch (IOException gone) {
        // No such file, or ESRCH: it ended between open and read.
        return Optional.empty();
      }
    }

    /**
     * A process may be named anything, ") S 1" too: only what follows the last bracket is fields.
     */
    static Stat parse(String line) {
      String[] fields = line.substring(line.lastIndexOf(')') + 2).trim().split(" ");
      return new Stat(fields[STATE].charAt(0), Long.parseLong(fields[START_TIME]));
    }

    Condition condition() {
      return switch (state) {
        case 'Z', 'X', 'x' -> Condition.GONE; // dead; only its parent has not looked yet
        case 'T' -> Condition.STOPPED;
        default -> Condition.RUNNING;
      };
    }
  }
}
