package toystore.disk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Waits, on the calling thread, for what a {@link Database} writes on another: for a program that
 * makes files, and has nothing else to do meanwhile.
 */
public final class WriteWait {
  private final CompletableFuture<Void> failure = new CompletableFuture<>();

  /** For the database to tell of a write that failed. */
  public void failed(Throwable cause) {
    failure.completeExceptionally(cause);
  }

  /**
   * Waits until the write is durable.
   *
   * @param write hands the write over, with what is to be called once it is durable
   * @throws DataFolderException when it failed
   */
  public void durable(Consumer<Runnable> write) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    write.accept(() -> durable.complete(null));
    try {
      CompletableFuture.anyOf(durable, failure).join();
    } catch (CompletionException e) {
      throw new DataFolderException("cannot write: " + e.getCause(), e.getCause());
    }
  }
}
