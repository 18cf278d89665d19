package toystore.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Part of a test build only: a place at which the process can be told to die at once, as if the
 * power were cut. The file "crash-point" in the store's folder says where, one line for each service:
 * service, point, and how often the point is passed before.
 */
public final class CrashPoint {
  private static final int STATUS = 77;

  private record Order(String point, AtomicInteger left) {}

  private static final String SERVICE = service();
  private static final Path FILE = file();
  private static volatile String lastLine = "";
  private static volatile Order order;

  static {
    look();
    Thread watcher = new Thread(CrashPoint::watch, "crash-point");
    watcher.setDaemon(true);
    watcher.start();
  }

  private CrashPoint() {}

  public static void at(String point) {
    Order now = order;
    if (now != null && now.point.equals(point) && now.left.getAndDecrement() == 0) {
      System.err.println("crash-point=" + point);
      System.err.flush();
      Runtime.getRuntime().halt(STATUS);
    }
  }

  private static void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look() {
    String mine = "";
    try {
      for (String line : Files.readAllLines(FILE)) {
        if (line.startsWith(SERVICE + " ")) {
          mine = line;
        }
      }
    } catch (NoSuchFileException nothingIsWanted) {
      mine = "";
    } catch (IOException e) {
      return;
    }
    if (!mine.equals(lastLine)) {
      lastLine = mine;
      String[] words = mine.split(" ");
      order = mine.isEmpty()
          ? null
          : new Order(words[1], new AtomicInteger(Integer.parseInt(words[2])));
    }
  }

  /** The name of the configuration file, which ends the command line. */
  private static String service() {
    String command = System.getProperty("sun.java.command", "");
    return command.replaceAll(".*/", "").replace(".json", "");
  }

  /** The jar is in the folder lib of the store. */
  private static Path file() {
    try {
      Path jar = Path.of(
          CrashPoint.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.getParent().resolveSibling("crash-point");
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
