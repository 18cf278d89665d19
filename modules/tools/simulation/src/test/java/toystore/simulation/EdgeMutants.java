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
                "ProductLoop",
                "waiting.add(new",
                "(fillInFlight && filling.stream().anyMatch(other -> other.toy().equals(toy))"
                    + " ? filling : waiting).add(new"),
        Omission.primaryBackup("LEASE_FROM_SENDING", STALE)
            .replace(
                "ProductLoop",
                "keeper.granted(granted.session(), granted.leaseMs());",
                "keeper.granted(granted.session(), granted.leaseMs());"
                    + " cache.extendLease(frontEnd.clockNanos() + granted.leaseMs() * 950_000);"),
        Omission.primaryBackup("DROP_BEFORE_ACKNOWLEDGING", STALE)
            .replace(
                "CatalogProcess",
                "news.changes().forEach(change -> frontEnd.invalidate(number, change));",
                "frontEnd.after(1 + world.chance.below(8), () -> news.changes().forEach("
                    + "change -> frontEnd.invalidate(number, change)));"),
        Omission.primaryBackup("EVERY_LOOP_IS_TOLD", STALE)
            .replace(
                "ProductLoop",
                "keeper.granted(granted.session(), granted.leaseMs());",
                "ProductLoop first = frontEnd.loop(0);"
                    + " if (first != this && first.cache.session() != 0) {"
                    + " cache.startSession(first.cache.session(), frontEnd.clockNanos());"
                    + " cache.extendLease(frontEnd.clockNanos() + granted.leaseMs() * 950_000);"
                    + " keeper.unanswered(); return; }"
                    + " keeper.granted(granted.session(), granted.leaseMs());")
            .replace(
                "simulation/FrontEnd",
                "ProductLoop anyLoop() {",
                "ProductLoop loop(int number) { return loops.get(number); }"
                    + " ProductLoop anyLoop() {"));
  }

  /** The entry of this expression, with one unit more where there is a purchase. */
  private static String oneMore(String entry) {
    String more = "(E.purchase() == null ? E : Entry.of(E.index(), E.epoch(),"
        + " new toystore.model.PurchaseRequest(E.purchase().key(), E.purchase().name(),"
        + " E.purchase().quantity() + 1)))";
    return more.replace("E.", entry + ".").replace("? E :", "? " + entry + " :");
  }
}
