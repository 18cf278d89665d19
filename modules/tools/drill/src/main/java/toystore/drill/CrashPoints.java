package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import toystore.operations.OperationFailed;

/**
 * The places at which a test build of the services can be told to die: the file {@code
 * crash-points.txt} beside its jars lists them, and the file {@code crash-point} in the store's
 * folder says where one is to die now. A usual build has neither, and nothing that looks for them.
 */
final class CrashPoints {
  private static final String LIST = "crash-points.txt";
  private static final String ORDER = "crash-point";
  /** Made by the service that dies: only one may, of those that could. */
  private static final String TAKEN = "crash-point.taken";

  /** Who dies. */
  enum Victim {
    CATALOG,
    FRONT_END,
    LEADER,
    FOLLOWER,
    /** Whoever takes over from the leader. */
    NEXT_LEADER,
    /** A replica that has missed something, and fetches it. */
    RETURNING
  }

  /**
   * One place.
   *
   * @param point its name
   * @param takesOver whether it is reached by losing the leader, not by load
   * @param since the point that the process must have passed before, empty for none
   */
  record CrashPoint(Victim victim, String point, boolean takesOver, String since) {
    /** Reads "VICTIM point", or "VICTIM point take-over", or "VICTIM point take-over since". */
    static CrashPoint of(String line) {
      String[] words = line.split(" ");
      return new CrashPoint(
          Victim.valueOf(words[0]),
          words[1],
          words.length > 2 && words[2].equals("take-over"),
          words.length > 3 ? words[3] : "");
    }

    @Override
    public String toString() {
      return victim.name().toLowerCase(Locale.ROOT).replace('_', '-') + " at " + point
          + (takesOver && victim != Victim.NEXT_LEADER ? " in a take-over" : "");
    }
  }

  private final Path order;

  CrashPoints(Path storeFolder) {
    order = storeFolder.resolve(ORDER);
  }

  /** The places of a build, in the order in which they are to be walked. */
  static List<CrashPoint> in(Path lib) {
    try {
      return Files.readAllLines(lib.resolve(LIST)).stream().map(CrashPoint::of).toList();
    } catch (NoSuchFileException e) {
      throw new OperationFailed(lib + " is not a build with crash points: it has no " + LIST);
    } catch (IOException e) {
      throw new OperationFailed("cannot read the crash points in " + lib, e);
    }
  }

  /** Each of these services dies when it comes there for the next time but so many. */
  void arm(Collection<String> services, CrashPoint point, int passes) {
    try {
      Files.deleteIfExists(order.resolveSibling(TAKEN));
      Path half = order.resolveSibling(ORDER + ".half");
      Files.write(
          half,
          services.stream()
              .map(service -> service + " " + point.point() + " " + passes + " " + point.since())
              .collect(Collectors.toList()));
      Files.move(half, order, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OperationFailed("cannot write " + order, e);
    }
  }

  void disarm() {
    try {
      Files.deleteIfExists(order);
    } catch (IOException e) {
      throw new OperationFailed("cannot remove " + order, e);
    }
  }
}
