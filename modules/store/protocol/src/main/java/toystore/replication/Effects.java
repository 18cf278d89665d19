package toystore.replication;

import java.util.List;
import java.util.Optional;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Require;
import toystore.model.Role;

/**
 * All that must be done after a step, by a shell that does it in step order.
 *
 * @param toSend leaves at once, also while the disk writes
 * @param toPersist must survive a crash before anything of {@code toSendOnceDurable} leaves; writes
 *     are carried out in the order of their ids, and {@link Input.Persisted} is fed back for each
 * @param toSendOnceDurable leaves after this step's write and all earlier ones are durable
 * @param toApply newly committed entries, in log order, each exactly once in a process's life
 * @param proven ids of {@link Input.Prove} that a majority has confirmed
 * @param unproven ids of {@link Input.Prove} given up because this replica does not lead
 * @param facts what has changed, for the log and for the purchases
 * @param commands what only this engine's shell knows how to do, in order and before {@code
 *     toPersist}; a message of {@code toSendOnceDurable} waits for these too
 */
public record Effects(
    List<Message> toSend,
    Optional<Write> toPersist,
    List<Message> toSendOnceDurable,
    List<Entry> toApply,
    List<Long> proven,
    List<Long> unproven,
    List<Fact> facts,
    List<Command> commands) {

  public static final Effects NONE = new Effects(
      List.of(), Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** The effects of a step that asks nothing special of its shell. */
  public Effects(
      List<Message> toSend,
      Optional<Write> toPersist,
      List<Message> toSendOnceDurable,
      List<Entry> toApply,
      List<Long> proven,
      List<Long> unproven,
      List<Fact> facts) {
    this(toSend, toPersist, toSendOnceDurable, toApply, proven, unproven, facts, List.of());
  }

  /**
   * One change of the durable state. A crash amid it leaves what would be there if fewer entries
   * had been sent: the promise, and some of what is appended. The rebuilding mark goes with the
   * last of them.
   *
   * @param id grows by one with each write of a process's life, from 1
   * @param truncateFrom first index to remove before appending, 0 for none
   * @param append entries that follow what is then the last one
   * @param promise the replica's promise after this write
   * @param committed highest index known committed after this write; it may lag after a crash, and
   *     after a write that appends nothing
   * @param rebuilding whether the replica still lacks what its lost file held. A new file starts
   *     with this mark; only a write clears it
   */
  public record Write(
      long id,
      long truncateFrom,
      List<Entry> append,
      Promise promise,
      long committed,
      boolean rebuilding) {

    /** A write of a replica that is not rebuilding. */
    public Write(long id, long truncateFrom, List<Entry> append, Promise promise, long committed) {
      this(id, truncateFrom, append, promise, committed, false);
    }
  }

  /**
   * What a replica has promised.
   *
   * @param epoch takes part in no epoch below this one
   * @param leader id of the leader of that epoch (in Raft: of the candidate voted for); 0 for none
   */
  public record Promise(long epoch, int leader) {
    public static final Promise NONE = new Promise(Epochs.NONE, 0);

    public Promise {
      Require.that(epoch >= Epochs.NONE && epoch <= Epochs.LAST, "promised epoch", epoch);
      Require.atLeast(0, "promised leader", leader);
    }
  }

  /** A change worth a line in the log. */
  public sealed interface Fact {
    /** This replica's role changed. */
    record RoleChanged(Role role, long epoch, int leader) implements Fact {}

    /**
     * This replica may lead this epoch, and has appended nothing in it: it does so once it is told
     * {@link Input.LogVerified}. Said again when its log has changed meanwhile.
     *
     * @param last position of its last entry
     */
    record Elected(long epoch, LogPosition last) implements Fact {}

    /** This replica leads this epoch and has committed an entry of it: its log is the truth. */
    record Established(long epoch) implements Fact {}

    /** Anything else, as {@code key=value} words. */
    record Note(String text) implements Fact {}
  }

  /** What one engine asks of its own shell. */
  public interface Command {}
}
