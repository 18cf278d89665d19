package toystore.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Part of a test build only: a place at which the process can be told to die at once, as by
 * SIGKILL. The file "crash-point" in the store's folder says where, one line for each
 * service: service, point, how often the point is passed before, and after which other point
 * passing it counts.
 */
public final class CrashPoint {
  private static final int STATUS = 77;

  private record Order(String point, AtomicInteger left, String since, AtomicBoolean begun) {}

  private static final String SERVICE = service();
  private static final Path FILE = file();
  private static volatile String lastLine = "";
  private static volatile Order order;

  static {
    WatchService changes = changes();
    look();
    Thread watcher = new Thread(() -> watch(changes), "crash-point");
    watcher.setDaemon(true);
    watcher.start();
  }

  private CrashPoint() {}

  public static void at(String point) {
    Order now = order;
    if (now == null) {
      return;
    }
    if (now.since.equals(point)) {
      now.begun.set(true);
    }
    if (now.begun.get()
        && now.point.equals(point)
        && now.left.getAndDecrement() == 0
        && isFirst()) {
      System.err.println("crash-point=" + point);
      System.err.flush();
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /**
   * Of several services that may die, one does: the next may come here before it is told not to.
   */
  private static boolean isFirst() {
    try {
      Files.createFile(FILE.resolveSibling(FILE.getFileName() + ".taken"));
      return true;
    } catch (FileAlreadyExistsException anotherDied) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void watch(WatchService changes) {
    try {
      boolean there = true;
      while (there) {
        WatchKey key = changes.take();
        key.pollEvents();
        there = key.reset();
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static WatchService changes() {
    try {
      WatchService changes = FileSystems.getDefault().newWatchService();
      FILE.getParent()
          .register(
              changes,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      return changes;
    } catch (IOException e) {
      throw new IllegalStateException(e);
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
          : new Order(
              words[1],
              new AtomicInteger(Integer.parseInt(words[2])),
              words.length > 3 ? words[3] : "",
              new AtomicBoolean(words.length <= 3));
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
