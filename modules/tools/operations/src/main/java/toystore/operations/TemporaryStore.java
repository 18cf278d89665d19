package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A store that a command or a test makes for itself, in a folder of its own. Nothing is left of it
 * when it is closed, or the process is ended; but for the logs of one that failed. Close may be
 * called from any thread.
 */
public final class TemporaryStore implements AutoCloseable {
  private static final Duration UNTIL_OWNER_CLOSES = Duration.ofSeconds(45);

  private final Path folder;
  private final LocalStore store;
  private final Optional<Thread> owner;
  private final Runnable undo;
  private final Thread atExit = new Thread(this::endAtExit, "take-down");
  private final CountDownLatch takenDown = new CountDownLatch(1);
  private volatile boolean ending;
  private volatile boolean failed;

  private TemporaryStore(Path folder, Optional<Thread> owner, Runnable undo) {
    this.folder = folder;
    this.store = LocalStore.in(storeFolder());
    this.owner = owner;
    this.undo = undo;
  }

  /**
   * Makes its folder, whose name begins with the prefix. When the process is ended, the store is
   * taken down at once, whatever others do with it.
   */
  public static TemporaryStore in(Path parent, String prefix) {
    return open(new TemporaryStore(newFolder(parent, prefix), Optional.empty(), () -> {}));
  }

  /**
   * The same, for a caller that starts services again all the time: it must not start again what is
   * being taken down. When the process is ended, this thread is interrupted first, and closes.
   *
   * @param undo ends what else uses the folder, once the store is down
   */
  public static TemporaryStore ownedByCaller(Path parent, String prefix, Runnable undo) {
    return open(
        new TemporaryStore(newFolder(parent, prefix), Optional.of(Thread.currentThread()), undo));
  }

  private static Path newFolder(Path parent, String prefix) {
    return parent.resolve(prefix + UUID.randomUUID());
  }

  /** What will remove the folder is there before the folder is. */
  private static TemporaryStore open(TemporaryStore temporary) {
    try {
      Runtime.getRuntime().addShutdownHook(temporary.atExit);
    } catch (IllegalStateException exiting) {
      throw new OperationFailed("interrupted", exiting);
    }
    boolean made = false;
    try {
      temporary.makeFolder();
      made = true;
      return temporary;
    } finally {
      if (!made) {
        temporary.close();
      }
    }
  }

  private synchronized void makeFolder() {
    requireOpen();
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw new OperationFailed("no temporary folder for the store", e);
    }
  }

  /** All that is removed: the store's own folder is in it. */
  public Path folder() {
    return folder;
  }

  public Path storeFolder() {
    return folder.resolve("store");
  }

  public LocalStore store() {
    return store;
  }

  /** Starts it on free ports, and waits until it serves; it is not taken down meanwhile. */
  public synchronized void up(UpOptions options) {
    requireOpen();
    store.up(options.withFreePorts());
  }

  /**
   * To be asked when work on the store has ended: what a store did while it was taken down is no
   * result.
   *
   * @throws OperationFailed once it is being taken down
   */
  public void requireOpen() {
    if (ending) {
      throw new OperationFailed("interrupted");
    }
  }

  /** Something went wrong with it: its logs outlive it. Says where they will be. */
  public Path keepLogs() {
    failed = !ending; // An interrupted store is not to blame.
    return TemporaryFolder.logs(storeFolder());
  }

  @Override
  public void close() {
    // What interrupted the owner has been heard; taking the store down has waits of its own.
    Thread.interrupted();
    takeDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // Then the hook is what waits for this.
    }
  }

  private void endAtExit() {
    ending = true;
    owner.ifPresent(Thread::interrupt);
    try {
      if (owner.isEmpty()
          || !takenDown.await(UNTIL_OWNER_CLOSES.toMillis(), TimeUnit.MILLISECONDS)) {
        takeDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void takeDown() {
    if (takenDown.getCount() == 0) {
      return;
    }
    ending = true;
    try {
      store.down();
    } finally {
      undo.run();
    }
    if (failed) {
      TemporaryFolder.removeAllButLogs(folder, storeFolder());
    } else {
      TemporaryFolder.remove(folder);
    }
    takenDown.countDown();
  }
}
