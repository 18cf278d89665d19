package toystore.replication;

import java.util.List;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;

/** All that can happen to a replica. */
public sealed interface Input {

  /** A fixed span of time has passed; how long is the shell's configuration. */
  record Tick() implements Input {}

  /** A message arrived, a request or a reply. */
  record Received(Message message) implements Input {}

  /**
   * A request to this peer got no reply: refused, broken or timed out. It may have been executed.
   */
  record Unreachable(int peer) implements Input {}

  /** This write, and all before it, survive a crash. */
  record Persisted(long writeId) implements Input {}

  /** Append these purchases, in this order. Dropped where this replica does not lead. */
  record Propose(List<PurchaseRequest> purchases) implements Input {}

  /**
   * Prove that this replica leads now, after this input: for answers that say what does not exist.
   *
   * @param readId chosen by the caller, growing
   */
  record Prove(long readId) implements Input {}

  /**
   * A front-end names the leader of an epoch. Where replicas elect their leader, it asks the named
   * one to stand for election, if that is still the epoch.
   */
  record Appoint(long epoch, int leader) implements Input {}

  /**
   * The catalog obeys this epoch, and knows what the log of its leader has, up to here: the leader
   * may append.
   *
   * @param last as told by {@link Effects.Fact.Elected}
   */
  record LogVerified(long epoch, LogPosition last) implements Input {}

  /** The log of the one who may lead this epoch, or the catalog, is older than it may be. */
  record Doubted(long epoch) implements Input {}

  /** The catalog obeys this epoch, in which another leads or has led. */
  record Outdated(long epoch) implements Input {}

  /**
   * The process has just started, and the catalog obeys this epoch: no entry was ever appended in a
   * later one. Whoever led before must not be followed any more, even where this replica's file
   * does not remember that it promised so.
   *
   * @param epoch {@link toystore.model.Epochs#NONE} where nobody has led yet
   */
  record FenceKnown(long epoch) implements Input {}

  /** Give up an office, if held, as well as one can: the process is about to stop. */
  record Resign() implements Input {}

  /** What happens in the life of one engine only; other engines ignore it. */
  non-sealed interface OfEngine extends Input {}
}
