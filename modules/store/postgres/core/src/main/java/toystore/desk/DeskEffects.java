package toystore.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.model.StoreException;
import toystore.stock.CatalogReply;
import toystore.stock.Invalidation;

/** What one step of the core wants done, in this order. */
public final class DeskEffects {
  private final List<Invalidation> pushes = new ArrayList<>(0);
  private final List<Long> over = new ArrayList<>(0);
  private final List<CatalogReply> replies = new ArrayList<>(0);
  private final List<String> facts = new ArrayList<>(0);
  private boolean disconnect;
  private DatabaseTask task;

  DeskEffects() {}

  /** Whether the connection to the database is to be closed, without a word to the database. */
  public boolean disconnects() {
    return disconnect;
  }

  /** What the database is to be asked. */
  public Optional<DatabaseTask> task() {
    return Optional.ofNullable(task);
  }

  public List<Invalidation> pushes() {
    return pushes;
  }

  /** Sessions that are over: nothing more is to be sent to them. */
  public List<Long> over() {
    return over;
  }

  public List<CatalogReply> replies() {
    return replies;
  }

  /** State changes for the log, one line each. */
  public List<String> facts() {
    return facts;
  }

  void disconnect() {
    disconnect = true;
  }

  void ask(DatabaseTask asked) {
    if (task != null) {
      throw new IllegalStateException("two tasks in one step: " + task + ", " + asked);
    }
    task = asked;
  }

  void push(Invalidation push) {
    pushes.add(push);
  }

  void over(long session) {
    over.add(session);
  }

  void reply(long token, Object answer) {
    replies.add(new CatalogReply(token, answer, null));
  }

  void refuse(long token, StoreException refusal) {
    replies.add(new CatalogReply(token, null, refusal));
  }

  void fact(String line) {
    facts.add(line);
  }
}
