package toystore.stock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who waits for what: for a write to be durable, for a decision to be known, for the end of the
 * grace after a restart.
 */
final class WaitingReplies {
  private record UntilDurable(long writeId, WaitingReply reply) {}

  private final Consumer<WaitingReply> send;
  private final Map<Integer, PendingDecision> pendingByRow = new HashMap<>();
  // Invariant: write ids ascend, so that the first that is not durable ends the search.
  private final Deque<UntilDurable> untilDurable = new ArrayDeque<>();
  private final List<Runnable> afterGrace = new ArrayList<>();
  private boolean inGrace;
  // Invariant: all writes up to this one are on disk. It never goes back.
  private long durableId;

  /**
   * @param send gets each reply once nothing holds it back
   */
  WaitingReplies(boolean inGrace, Consumer<WaitingReply> send) {
    this.inGrace = inGrace;
    this.send = send;
  }

  boolean inGrace() {
    return inGrace;
  }

  long durableId() {
    return durableId;
  }

  /** Decisions and answers that wait. */
  int size() {
    return pendingByRow.size() + afterGrace.size();
  }

  /** Answers that wait for the disk. */
  int forTheDisk() {
    return untilDurable.size();
  }

  /** The decision of this row is made, and nobody may know it yet. */
  void decided(int row, PendingDecision pending) {
    pendingByRow.put(row, pending);
  }

  /** Who asks for the second row now asks for the decision of the first, known or not. */
  void renewed(int row, int newRow) {
    PendingDecision pending = pendingByRow.remove(row);
    if (pending != null) {
      pending.moveTo(newRow);
      pendingByRow.put(newRow, pending);
    }
  }

  /** The decision of this row may be known. */
  void known(PendingDecision pending) {
    pendingByRow.remove(pending.row());
    pending.waiting().forEach(this::happened);
  }

  void durable(long writeId) {
    durableId = Math.max(durableId, writeId);
    while (!untilDurable.isEmpty() && untilDurable.peek().writeId() <= durableId) {
      happened(untilDurable.remove().reply());
    }
  }

  void graceOver() {
    inGrace = false;
    afterGrace.forEach(Runnable::run);
    afterGrace.clear();
  }

  /** Holds the reply back until the decision of this row may be known. */
  void untilKnown(int row, WaitingReply reply) {
    PendingDecision pending = pendingByRow.get(row);
    if (pending != null) {
      pending.join(reply);
    } else if (inGrace) {
      reply.waitForOneMore();
      afterGrace.add(() -> happened(reply));
    }
  }

  /** Holds the reply back until this write is on disk. */
  void untilDurable(long writeId, WaitingReply reply) {
    reply.waitForOneMore();
    if (writeId <= durableId) {
      happened(reply);
    } else {
      untilDurable.add(new UntilDurable(writeId, reply));
    }
  }

  void onceOutOfGrace(Runnable answer) {
    if (inGrace) {
      afterGrace.add(answer);
    } else {
      answer.run();
    }
  }

  /** One thing this reply waited for is there. */
  void happened(WaitingReply reply) {
    if (reply.happened()) {
      send.accept(reply);
    }
  }
}
