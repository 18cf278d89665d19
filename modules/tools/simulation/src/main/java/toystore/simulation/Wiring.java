package toystore.simulation;

import java.util.List;
import toystore.cache.ProductCache;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.PurchaseRequest;
import toystore.primarybackup.PrimaryBackupCore;
import toystore.primarybackup.PrimaryBackupOptions;
import toystore.purchase.CatalogCall;
import toystore.raft.core.RaftCore;
import toystore.raft.core.RaftOptions;
import toystore.raft.core.Restored;
import toystore.replication.DurableState;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Message;
import toystore.replication.ReplicaCore;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Verified;
import toystore.stock.CatalogState;

/**
 * How the parts are put together, which is where rules can be left out. As it stands all rules
 * hold; tests override one method each, and see a promise break.
 */
public class Wiring {

  /** How many replicas the store has. */
  public int replicas(int usual) {
    return usual;
  }

  /** What the schedule is like. */
  Plan plan(Plan usual) {
    return usual;
  }

  public ReplicaCore primaryBackup(
      int id, List<Integer> members, DurableState state, PrimaryBackupOptions options) {
    return new PrimaryBackupCore(id, members, state, options);
  }

  public ReplicaCore raft(RaftOptions options, Restored restored) {
    return new RaftCore(options, restored);
  }

  /** The message between replicas as it is delivered. */
  public Message delivered(Message message, ReplicaCore.Status receiver) {
    return message;
  }

  /** The write as it reaches a disk that holds this promise. */
  public Write written(Write write, Promise before) {
    return write;
  }

  /** A replica says what must survive a crash only once it does. */
  public boolean waitsForTheDisk() {
    return true;
  }

  /** A process whose write has failed ends. */
  public boolean stopsAfterAFailedWrite() {
    return true;
  }

  /** The catalog answers what must survive a crash only once it does. */
  public boolean catalogWaitsForTheDisk() {
    return true;
  }

  /** A catalog whose write has failed ends. */
  public boolean catalogStopsAfterAFailedWrite() {
    return true;
  }

  /** The epoch of a replica's request as the catalog compares it with its fence. */
  public long epochAtCatalog(long epoch) {
    return epoch;
  }

  /** What a leader says on whose ground it calls, as this run of the catalog takes it. */
  public Claim claimed(Claim claim, long incarnation) {
    return claim;
  }

  /** A leader asks the catalog whether their records agree before it appends anything. */
  public boolean comparesBeforeTheFirstEntry() {
    return true;
  }

  /** The catalog's answer to a fence. */
  public Fenced fenced(Fenced answer) {
    Holds told = (Holds) answered(List.of(), new Holds(answer.holds(), 0));
    return new Fenced(
        answer.accepted(), answer.fence(), answer.incarnation(), answer.mark(), told.holds());
  }

  /** The catalog's answer to the question whether it knows these orders. */
  public Verified verified(CatalogCall.Verify asked, Verified answer) {
    return answer;
  }

  /** The readings of its clock that come with a reserve call, as the catalog takes them. */
  public List<Long> seenAtCatalog(List<Long> seenMs) {
    return seenMs;
  }

  /** The entry as a replica applies it. */
  public Entry applied(Entry entry) {
    return entry;
  }

  /** The applied entry as a replica's disk keeps it. */
  public Entry saved(Entry entry) {
    return entry;
  }

  /** The applied entry as a snapshot carries it to another replica. */
  public Entry copied(Entry entry) {
    return entry;
  }

  /** A leader proves that it leads before it says that an order does not exist. */
  public boolean provesAbsence() {
    return true;
  }

  /** The purchases of a reserve call as the catalog takes them. */
  public List<PurchaseRequest> reserving(List<PurchaseRequest> asked) {
    return asked;
  }

  /** The answer of the catalog as it leaves; to a reserve call, with what was asked. */
  public Object answered(List<PurchaseRequest> asked, Object answer) {
    return answer;
  }

  /** The keys of a settle call as the catalog takes them. */
  public List<String> settling(List<String> keys) {
    return keys;
  }

  /** The holds that a leader is told of when it calls for them. */
  public List<PurchaseRequest> toldHolds(CatalogCall call, List<PurchaseRequest> holds) {
    return holds;
  }

  /** The key of the purchase that the ledger keeps under this key. */
  public String keyOf(String ledgerKey) {
    return ledgerKey;
  }

  /** What a catalog finds on its disk. */
  public CatalogState found(CatalogState state) {
    return state;
  }

  /** A toy as the catalog shows it to a reader with this session. */
  public ToyState shown(CatalogCore core, ToyState state, long session) {
    return state;
  }

  /** The catalog waits for the acknowledgement of what it pushes. */
  public boolean waitsForAcknowledgements() {
    return true;
  }

  /** A refusal becomes known no earlier than the changes that led to it. */
  public boolean refusalsWaitForChanges() {
    return true;
  }

  /** How much longer than the lease the catalog waits. */
  public int marginMs(int usual) {
    return usual;
  }

  /** The time at which a front-end looks into its cache. */
  public long lookAt(long nowNanos) {
    return nowNanos;
  }

  /** The ticket by which the answer of a fill is stored. */
  public ProductCache.Ticket stored(ProductCache<ToyState> cache, ProductCache.Ticket ticket) {
    return ticket;
  }

  /** The version under which that answer is stored. */
  public long storedVersion(long version) {
    return version;
  }

  /** A reader waits for a fill that is sent after it came. */
  public boolean waitsForTheNextFill() {
    return true;
  }

  /** A session was granted, or more time in it. */
  public void granted(ProductCache<ToyState> cache, long leaseMs, long nowNanos) {}

  /** To be called with a cache that takes up a new session, around that. */
  public void startsSession(ProductCache<ToyState> cache, Runnable start) {
    start.run();
  }

  /** To be called with a cache whose session is over, around that. */
  public void endsSession(ProductCache<ToyState> cache, Runnable end) {
    end.run();
  }

  /** An event loop has dropped a toy when its front-end acknowledges that. */
  public boolean dropsBeforeItAcknowledges() {
    return true;
  }

  /** Each event loop of a front-end has a session, and is told, on its own. */
  public boolean everyLoopIsTold() {
    return true;
  }
}
