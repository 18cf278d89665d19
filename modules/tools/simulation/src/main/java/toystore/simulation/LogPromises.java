package toystore.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.virtualtime.Violation;

/**
 * What must hold of the log and its leaders after every event; each check looks at what the event
 * has changed.
 */
final class LogPromises {
  private static final int NO_ORDER = -1;

  /** An entry and the epoch before it: by induction, all that is before it. */
  private record PlacedEntry(Entry entry, long epochBefore) {}

  private final World world;
  private int lastLeader;
  private int changes;
  private final Map<Long, Integer> leaderOfEpoch = new HashMap<>();

  /** How many orders the catalog was told of when it let an epoch lead. */
  private final Map<Long, Long> toldBefore = new HashMap<>();

  /** When the catalog let it lead. */
  private final Map<Long, Long> fencedAtMs = new HashMap<>();

  private final Map<LogPosition, PlacedEntry> placed = new HashMap<>();
  private final List<Entry> committed = new ArrayList<>();
  private final List<Integer> orderAt = new ArrayList<>();
  private final List<PurchaseRequest> orders = new ArrayList<>();
  private final Map<String, Integer> numberOf = new HashMap<>();
  private boolean fileIsMissing;

  LogPromises(World world) {
    this.world = world;
  }

  long committed() {
    return committed.size();
  }

  /** The committed entry at this index. */
  Entry committed(long index) {
    return committed.get((int) index - 1);
  }

  /** All orders there are, by number. */
  List<PurchaseRequest> orders() {
    return orders;
  }

  boolean isOrdered(String key) {
    return numberOf.containsKey(key);
  }

  /** Until every disk is whole again, a majority of copies may be one less. */
  void fileLost() {
    fileIsMissing = true;
  }

  private int copiesNeeded() {
    fileIsMissing &= world.replicas.stream().anyMatch(each -> each.disk().isRebuilding());
    boolean oneLess = fileIsMissing || world.timeTravel.replicaWentBack();
    return world.plan.majority() - (oneLess ? 1 : 0);
  }

  /** A core that starts on what its disk knows committed. */
  void booted(Replica replica) {
    LogMirror log = replica.log();
    for (long index = log.base().index() + 1; index <= replica.applied(); index++) {
      Entry entry = log.entries().get((int) (index - log.base().index() - 1));
      commit(replica, entry);
    }
    restored(replica);
  }

  /** A replica takes over what a disk or another replica has kept of the applied entries. */
  void restored(Replica replica) {
    List<Entry> state = replica.state();
    for (int i = 0; i < state.size(); i++) {
      if (i >= committed.size() || !state.get(i).equals(committed.get(i))) {
        throw new Violation(replica + " takes over " + state.get(i) + ", where "
            + (i < committed.size() ? committed.get(i) : "nothing") + " is committed");
      }
    }
    List<Entry> found = replica.orders();
    for (int number = 0; number < found.size(); number++) {
      taken(replica, number, found.get(number));
    }
    for (int index = state.size(); index > 0; index--) {
      int newest = orderAt(index);
      if (newest >= 0) {
        if (newest >= found.size()) {
          throw new Violation(replica + " has applied order " + newest + ", and lacks it");
        }
        return;
      }
    }
  }

  /** A replica takes an order of a snapshot in, before all that leads to it is applied. */
  void taken(Replica replica, long number, Entry entry) {
    if (number >= orders.size() || !orders.get((int) number).equals(entry.purchase())) {
      throw new Violation(replica + " takes " + entry + " in as order " + number + ", which is "
          + (number < orders.size() ? orders.get((int) number) : "none"));
    }
  }

  /** To be called before the write is taken into the replica's log. */
  void writes(Replica replica, Write write) {
    LogMirror log = replica.log();
    long end = write.truncateFrom() == 0 ? log.lastIndex() : write.truncateFrom() - 1;
    if (end < replica.applied() && write.truncateFrom() > 0) {
      throw new Violation(replica + " removes applied entries from " + write.truncateFrom());
    }
    if (!replica.disk().isRebuilding()) {
      removes(replica, end);
    }
    long before = end == log.base().index()
        ? log.base().epoch()
        : log.entries().get((int) (end - log.base().index() - 1)).epoch();
    for (Entry entry : write.append()) {
      end++;
      if (entry.index() != end) {
        throw new Violation("gap in the log of " + replica + " before " + entry);
      }
      match(replica, entry, before);
      before = entry.epoch();
    }
  }

  /** What is committed stays, also where it is not yet known to be committed. */
  private void removes(Replica replica, long end) {
    LogMirror log = replica.log();
    for (long index = end + 1; index <= Math.min(log.lastIndex(), committed()); index++) {
      if (log.holds(committed(index))) {
        throw new Violation(replica + " removes committed " + committed(index));
      }
    }
  }

  private void match(Replica replica, Entry entry, long epochBefore) {
    PlacedEntry first = placed.get(entry.position());
    if (first == null) {
      placed.put(entry.position(), new PlacedEntry(entry, epochBefore));
    } else if (!first.entry().equals(entry) || first.epochBefore() != epochBefore) {
      throw new Violation("log matching: " + replica + " has " + entry + " after epoch "
          + Epochs.text(epochBefore) + ", another " + first.entry() + " after epoch "
          + Epochs.text(first.epochBefore()));
    }
  }

  void happened(Replica replica, Fact fact) {
    if (fact instanceof Fact.RoleChanged changed && changed.role() == Role.LEADER) {
      // Who votes twice may elect two; the catalog then lets one of them lead.
      if (!world.timeTravel.isPlanned()) {
        leads(replica, changed.epoch());
      }
    } else if (fact instanceof Fact.Established established) {
      changes += lastLeader != 0 && lastLeader != replica.id ? 1 : 0;
      lastLeader = replica.id;
      for (Entry entry : committed) {
        if (entry.epoch() <= established.epoch() && !replica.log().holds(entry)) {
          throw new Violation(replica + " leads epoch " + Epochs.text(established.epoch())
              + " and lacks committed " + entry);
        }
      }
    }
  }

  /** Where nothing failed but disks. */
  void checkOffices(int leadersStuck) {
    if (world.plan.stuckDisk() && changes > leadersStuck) {
      throw new Violation(
          "leaders changed " + changes + " times for " + leadersStuck + " stuck disks");
    }
  }

  /** The catalog lets nobody buy from now on but the leader of this epoch. */
  void fenced(long epoch) {
    toldBefore.putIfAbsent(epoch, world.catalog.disk().toldOf());
    fencedAtMs.putIfAbsent(epoch, world.timeline.now());
  }

  /** A replica is about to append in an epoch that it leads. */
  void begins(Replica replica, long epoch) {
    leads(replica, epoch);
    if (!world.timeTravel.replicaWentBack()) {
      return;
    }
    List<Entry> lacking =
        committed.stream().filter(entry -> !replica.log().holds(entry)).toList();
    if (lacking.isEmpty()) {
      return;
    }
    // An entry may be another and make the same order: what counts is what the catalog was told of.
    // And told of until the fence: a leader that hung since may begin late, long after another has
    // sold more. Only a replica that forgot its vote can follow it then, and the catalog does not.
    List<PurchaseRequest> there =
        ordersOf(replica.orders(), replica.log().after(replica.applied()));
    long told = Math.min(toldBefore.getOrDefault(epoch, Long.MAX_VALUE), orders.size());
    for (int number = 0; number < told; number++) {
      if (number >= there.size() || !there.get(number).equals(orders.get(number))) {
        throw new Violation(
            replica + " may lead, and lacks order " + number + ", of which the catalog was told");
      }
    }
    throw new UnnoticedException(replica + " may lead, and lacks " + lacking);
  }

  /**
   * The orders that a log makes, by number.
   *
   * @param made the entries that have made one already
   * @param following the entries after these, committed or not
   */
  static List<PurchaseRequest> ordersOf(List<Entry> made, List<Entry> following) {
    Map<String, PurchaseRequest> orders = new LinkedHashMap<>();
    Stream.concat(made.stream(), following.stream())
        .map(Entry::purchase)
        .filter(Objects::nonNull)
        .forEach(purchase -> orders.putIfAbsent(purchase.key(), purchase));
    return List.copyOf(orders.values());
  }

  private void leads(Replica replica, long epoch) {
    Integer first = leaderOfEpoch.putIfAbsent(epoch, replica.id);
    if (first != null && first != replica.id) {
      throw new Violation(
          "two leaders in epoch " + Epochs.text(epoch) + ": order-" + first + " and " + replica);
    }
  }

  /**
   * A replica applies an entry.
   *
   * @return the number that its order must get, or -1 where it makes none
   */
  int applies(Replica replica, Entry entry) {
    if (entry.index() != replica.applied() + 1) {
      throw new Violation(replica + " applies " + entry + " after " + replica.applied());
    }
    commit(replica, entry);
    return orderAt.get((int) entry.index() - 1);
  }

  /** The number of the order made at this index, or -1. */
  int orderAt(long index) {
    return orderAt.get((int) index - 1);
  }

  /**
   * Whether a replica may have forgotten its promise of this epoch while its leader was on its way
   * to the catalog, which so could not tell a replica that started of it.
   */
  private boolean forgotBeforeTheFence(long epoch) {
    return world.timeTravel.replicaWentBack()
        && world.timeTravel.wentBackAtMs() <= fencedAtMs.getOrDefault(epoch, Long.MAX_VALUE);
  }

  private int copies(Entry entry) {
    return (int)
        world.replicas.stream().filter(replica -> replica.disk().holds(entry)).count();
  }

  private void commit(Replica replica, Entry entry) {
    if (entry.index() <= committed.size()) {
      Entry known = committed((int) entry.index());
      if (known != entry && !known.equals(entry)) {
        String what = replica + " has " + entry + " committed, where " + known + " was";
        if (entry.epoch() < known.epoch() && forgotBeforeTheFence(known.epoch())) {
          throw new UnnoticedException(what);
        }
        throw new Violation(what);
      }
      return;
    }
    committed.add(entry);
    int copies = copies(entry);
    if (copies < copiesNeeded()) {
      throw new Violation(entry + " is committed by " + replica + " on " + copies + " disks only");
    }
    PurchaseRequest purchase = entry.purchase();
    if (purchase == null || numberOf.containsKey(purchase.key())) {
      orderAt.add(NO_ORDER);
      return;
    }
    numberOf.put(purchase.key(), orders.size());
    orderAt.add(orders.size());
    orders.add(purchase);
    world.promises.ordered(purchase);
  }
}
