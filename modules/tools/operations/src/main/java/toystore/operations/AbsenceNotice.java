package toystore.operations;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says that a service comes back soon, again and again until it is back: services believe one
 * announcement for a minute at most, and a start on a busy machine may take longer. For one thread;
 * the announcements are made by another.
 */
final class AbsenceNotice implements AutoCloseable {
  /** How long the announcement that is under way may take. */
  private static final Duration LAST_ANNOUNCEMENT = Duration.ofMinutes(1);

  private final Consumer<Duration> announce;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(AbsenceNotice::thread);

  /**
   * Announces it at once, and then each time.
   *
   * @param within what is announced; zero is announced by {@link #close}
   * @param each when it is said again; shorter than {@code within}
   * @param announce tells all who need to know
   */
  AbsenceNotice(Duration within, Duration each, Consumer<Duration> announce) {
    this.announce = announce;
    announce.accept(within);
    clock.scheduleWithFixedDelay(
        () -> announce.accept(within), each.toMillis(), each.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "absence-notice");
    thread.setDaemon(true);
    return thread;
  }

  /** It is back. Invariant: nothing is announced after this. */
  @Override
  public void close() {
    clock.shutdownNow();
    try {
      clock.awaitTermination(LAST_ANNOUNCEMENT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    announce.accept(Duration.ZERO);
  }
}
