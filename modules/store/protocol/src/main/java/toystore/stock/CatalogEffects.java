package toystore.stock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.model.StoreException;

/**
 * What one step of the core wants done: a write to start, pushes and replies to send. All may start
 * at once; the core itself waits where one must wait for another.
 */
public final class CatalogEffects {
  private final List<Invalidation> pushes = new ArrayList<>(0);
  private final List<CatalogReply> replies = new ArrayList<>(0);
  private final List<Long> over = new ArrayList<>(0);
  private final List<String> facts = new ArrayList<>(0);
  private CatalogWrite write;
  private int sealBelow;

  CatalogEffects() {}

  /** Rows to make durable; {@link CatalogCore#durable} follows when they are. */
  public Optional<CatalogWrite> write() {
    return Optional.ofNullable(write);
  }

  /**
   * The rows of the ledger below this number, which are durable and never change any more, may
   * leave memory: to be put among the {@link OlderRows}, from where the core knows when they are
   * there. Not positive where none are.
   */
  public int sealBelow() {
    return sealBelow;
  }

  public List<Invalidation> pushes() {
    return pushes;
  }

  public List<CatalogReply> replies() {
    return replies;
  }

  /** Sessions that are over: nothing more is to be sent to them. */
  public List<Long> over() {
    return over;
  }

  /** State changes for the log, one line each. */
  public List<String> facts() {
    return facts;
  }

  void write(CatalogWrite rows) {
    write = rows;
  }

  void seal(int below) {
    sealBelow = below;
  }

  void push(Invalidation push) {
    pushes.add(push);
  }

  void reply(long token, Object answer) {
    replies.add(new CatalogReply(token, answer, null));
  }

  void refuse(long token, StoreException refusal) {
    replies.add(new CatalogReply(token, null, refusal));
  }

  void over(long session) {
    over.add(session);
  }

  void fact(String line) {
    facts.add(line);
  }
}
