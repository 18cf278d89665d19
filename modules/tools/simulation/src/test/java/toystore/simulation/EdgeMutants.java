package toystore.simulation;

import java.util.List;

/** What replicas, catalog and front-ends leave to their disks, messages and shells, left out. */
final class EdgeMutants {
  private static final String STALE = "is read, though version";

  private EdgeMutants() {}

  /** Each with both engines. */
  static List<Omission> ofBothEngines() {
    return List.of(
        Omission.primaryBackup("SHELL_WAITS_FOR_THE_DISK", "is committed by")
            .replace(
                "ReplicaShell",
                "forEach(message -> whenDurable(() -> leave(message, reply)));",
                "forEach(message -> leave(message, reply));"),
        Omission.primaryBackup("STOP_AFTER_A_FAILED_WRITE", "is committed by")
            .replace(
                "ReplicaWriter",
                "world.faults.crash(replica);",
                "List<Job> lost = new ArrayList<>(waiting); waiting.clear(); end(lost);"),
        Omission.primaryBackup("CATALOG_WAITS_FOR_THE_DISK", "but the books say null")
            .replace(
                "CatalogService",
                "disk.write(write, () -> durable(write.id()));",
                "disk.write(write, () -> {}); durable(write.id());"),
        Omission.primaryBackup("CATALOG_STOPS_AFTER_A_FAILED_WRITE", "but the books say")
            .replace(
                "CatalogProcess",
                "world.faults.crash(this);",
                "writing = false; disk.lose(1 + world.chance.below(3)).forEach(Runnable::run);"
                    + " startWriting();"));
  }

  static List<Omission> all() {
    return List.of(
        Omission.raft("SAVED_AS_APPLIED", "in as order")
            .replace("simulation/VirtualRaftDisk", "all.get(i)", oneMore("all.get(i)")),
        Omission.raft("COPIED_AS_APPLIED", "in as order")
            .replace("simulation/Snapshot", "line(entry)", "line(" + oneMore("entry") + ")"),
        Omission.primaryBackup("DURABLE_PROMISE", "finds: last=")
            .replace("PrimaryBackupDisk", "promise = write.promise();", ""),
        Omission.primaryBackup("NO_JOINING_OF_A_FILL", STALE)
            .replace(
                "Products",
                "private final Batcher<String, R> fills;",
                "private final Batcher<String, R> fills;"
                    + " private final java.util.Map<String, Future<R>> sent ="
                    + " new java.util.HashMap<>();")
            .replace(
                "Products",
                ".call(() -> fills.add(name))",
                ".call(() -> sent.containsKey(name) && !sent.get(name).isComplete()"
                    + " ? sent.get(name) : sentNow(name))")
            .replace(
                "Products",
                "ProductCache<R> cache() {",
                "private Future<R> sentNow(String name) {"
                    + " Future<R> fill = fills.add(name); sent.put(name, fill); return fill; }"
                    + " ProductCache<R> cache() {"),
        Omission.primaryBackup("LEASE_FROM_SENDING", STALE)
            .replace(
                "CatalogLink",
                "keeper.granted(done.result().session(), done.result().leaseMs());",
                "keeper.granted(done.result().session(), done.result().leaseMs());"
                    + " cache.extendLease(loop.nanos() + done.result().leaseMs() * 950_000);"),
        Omission.primaryBackup("DROP_BEFORE_ACKNOWLEDGING", STALE)
            .replace(
                "Products",
                "cache.invalidate(change.name(), change.version());",
                "loop.after(java.time.Duration.ofMillis(1 + change.version() % 8),"
                    + " () -> cache.invalidate(change.name(), change.version()));"),
        Omission.primaryBackup("EVERY_LOOP_IS_TOLD", STALE)
            .replace("CatalogLink", "own.toString()", "new Address(own.host(), 1).toString()"));
  }

  /** The entry of this expression, with one unit more where there is a purchase. */
  private static String oneMore(String entry) {
    String more = "(E.purchase() == null ? E : Entry.of(E.index(), E.epoch(),"
        + " new toystore.model.PurchaseRequest(E.purchase().key(), E.purchase().name(),"
        + " E.purchase().quantity() + 1)))";
    return more.replace("E.", entry + ".").replace("? E :", "? " + entry + " :");
  }
}
