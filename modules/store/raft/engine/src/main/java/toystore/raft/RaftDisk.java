package toystore.raft;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import toystore.disk.GroupCommit;
import toystore.order.DurableLog;
import toystore.order.OrderStore;
import toystore.order.OrdersOnDisk;
import toystore.order.WriteBehind;
import toystore.order.log.LogWriter;
import toystore.raft.core.RaftCommand;
import toystore.raft.core.RaftInput;
import toystore.raft.core.RaftMessage;
import toystore.raft.core.SnapshotChunk;
import toystore.replication.ContradictionException;
import toystore.replication.Effects;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;

/**
 * A Raft replica's disk: the log in files of its own, and the orders it has led to in a database,
 * written a little later with the position they go up to. Owned by one event loop.
 */
final class RaftDisk implements DurableLog {
  private final OrderStore orders;
  private final OrderBook book;
  private final WriteBehind disk;
  private final Snapshots snapshots;
  private final ParsedPiece parsed = new ParsedPiece(Snapshots::rowsOf);
  private final Consumer<Throwable> onFailure;
  private Consumer<Input> core = input -> {};

  RaftDisk(OrdersOnDisk files, LogWriter writer, Consumer<Throwable> onFailure) {
    this.orders = files.store();
    this.book = files.book();
    this.onFailure = onFailure;
    disk = new WriteBehind(files, writer);
    snapshots = new Snapshots(files.database(), files.older());
  }

  @Override
  public void feed(Consumer<Input> inputs) {
    core = inputs;
  }

  @Override
  public void persist(Effects.Write write, Runnable onDurable) {
    disk.log(
        log -> {
          // A torn write leaves the promise and some of the entries: as if fewer had been sent.
          log.promise(write.promise());
          if (write.truncateFrom() > 0) {
            log.truncateFrom(write.truncateFrom());
          }
          log.append(write.append());
        },
        onDurable);
  }

  @Override
  public void admit(Message message) {
    if (message instanceof RaftMessage.SnapshotRequest request) {
      SnapshotChunk chunk = request.chunk();
      Snapshots.requireFit(chunk, parsed.parse(chunk), book);
    }
  }

  @Override
  public void carryOut(Effects.Command command, Runnable onDurable) {
    LogWriter.LogChange change = log -> {};
    if (command instanceof RaftCommand.DropThrough drop) {
      change = log -> log.dropThrough(drop.base().index());
    } else if (command instanceof RaftCommand.ReadSnapshot read) {
      read(read);
    } else if (command instanceof RaftCommand.StageSnapshot stage) {
      stage(stage.chunk());
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      orders.appliedUpTo(install.state());
      CompletableFuture<Void> stateIsDurable = new CompletableFuture<>();
      orders.flush(() -> stateIsDurable.complete(null));
      change = log -> {
        stateIsDurable.join();
        log.meet(install.state());
      };
    } else {
      throw new AssertionError(command);
    }
    disk.log(change, onDurable);
  }

  private void read(RaftCommand.ReadSnapshot read) {
    snapshots.read(read.state(), read.offset(), (chunk, failure) -> {
      if (failure == null) {
        core.accept(new RaftInput.SnapshotRead(read.peer(), chunk));
      } else {
        onFailure.accept(failure);
      }
    });
  }

  /**
   * What is here is the beginning of what any snapshot holds; the rest is added piece by piece, and
   * written with what is applied. A log that leads to the same orders later adds nothing.
   */
  private void stage(SnapshotChunk chunk) {
    for (OrderStore.OrderRow row : parsed.take(chunk)) {
      if (row.number() < book.count()) {
        demandSame(row);
      } else {
        book.restore(row.number(), row.purchase());
        orders.add(row.number(), row.purchase(), row.index());
      }
    }
  }

  /** By the links of the chain: to read what is old, for a piece that is old, would be slow. */
  private void demandSame(OrderStore.OrderRow row) {
    if (!book.has(row.number(), row.purchase())) {
      throw new ContradictionException(
          "order " + row.number() + " is " + row.purchase() + " in a snapshot, but not here");
    }
  }

  /** Orders may be ahead of the log: then it goes on from where they end, as after a snapshot. */
  @Override
  public void tick() {
    disk.tick(() -> {
      long index = orders.applied().index();
      orders.flush(() -> core.accept(new RaftInput.Saved(index)));
    });
  }

  @Override
  public GroupCommit.Counts counts() {
    return disk.counts();
  }

  @Override
  public void close() {
    disk.close();
  }
}
