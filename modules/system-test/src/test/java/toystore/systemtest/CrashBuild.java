package toystore.systemtest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A test build whose services can be told to die: before and after the durable writes, sends and
 * answers of a purchase, and amid take-over, catch-up, restock, appointment, invalidation, sealing
 * and a change of segment; on Raft amid compaction and the installation of a snapshot too, with a
 * log so short that these happen all the time. What dies is the process: the machine keeps what was
 * written and not yet forced.
 */
final class CrashBuild {
  private static final String CALL_TO_BUY =
      "return to.post(\"/buy\", buy, BuyOutcomes.class, timeout, trail.header(buy.requests()))";

  /** Reached under load, by every engine. */
  static final List<String> UNDER_LOAD = List.of(
      "CATALOG before-commit",
      "CATALOG after-commit",
      "CATALOG after-telling-one",
      "CATALOG before-push",
      "CATALOG after-push",
      "CATALOG before-catalog-answer",
      "CATALOG mid-settle",
      "CATALOG mid-restock",
      "LEADER before-reserve",
      "LEADER after-reserve",
      "LEADER before-append-sent",
      "LEADER after-append-sent",
      "LEADER before-commit",
      "LEADER after-commit",
      "LEADER before-log-sync",
      "LEADER after-log-sync",
      "LEADER mid-segment-roll",
      "LEADER mid-apply",
      "LEADER before-seal",
      "LEADER mid-seal",
      "LEADER after-seal",
      "LEADER before-answer",
      "LEADER after-answer",
      "FOLLOWER before-commit",
      "FOLLOWER after-commit",
      "FOLLOWER before-log-sync",
      "FOLLOWER after-log-sync",
      "FOLLOWER mid-segment-roll",
      "FOLLOWER before-acknowledgement",
      "FOLLOWER after-acknowledgement",
      "FOLLOWER mid-apply",
      "FOLLOWER before-seal",
      "FOLLOWER mid-seal",
      "FOLLOWER after-seal",
      "FRONT_END before-buy",
      "FRONT_END after-buy",
      "FRONT_END mid-invalidation");

  /** Reached when a leader is lost. */
  static final List<String> IN_A_TAKE_OVER = List.of(
      "NEXT_LEADER became-candidate take-over",
      "NEXT_LEADER established take-over",
      "NEXT_LEADER before-fence take-over",
      "NEXT_LEADER after-fence take-over",
      "NEXT_LEADER mid-promise take-over",
      "NEXT_LEADER before-log-sync take-over became-candidate",
      "NEXT_LEADER after-log-sync take-over became-candidate",
      "CATALOG mid-fence take-over");

  static final List<String> PRIMARY_BACKUP_ONLY =
      List.of("RETURNING mid-catch-up", "FRONT_END mid-appointment take-over");

  static final List<String> RAFT_ONLY = List.of(
      "LEADER mid-compaction",
      "FOLLOWER mid-compaction",
      "RETURNING before-acknowledgement",
      "RETURNING mid-snapshot",
      "RETURNING before-install",
      "RETURNING mid-install");

  private CrashBuild() {}

  /** Makes the build, whose walk has these points, in that folder. */
  static Path make(Path lib, List<String> points) throws IOException {
    PatchedBuild build = new PatchedBuild(PatchedBuild.findCheckout());
    build.add("toystore.crash.CrashPoint", crashPoint());
    patchDisk(build);
    patchReplica(build);
    patchTakeOver(build);
    patchCatalog(build);
    patchFrontEnd(build);
    patchLog(build);
    patchSealing(build);
    patchRaft(build);
    build.into(lib);
    Files.write(lib.resolve("crash-points.txt"), points);
    return lib;
  }

  private static String crashPoint() throws IOException {
    try (InputStream text = CrashBuild.class.getResourceAsStream("CrashPoint.java")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String at(String point) {
    return "toystore.crash.CrashPoint.at(\"" + point + "\"); ";
  }

  private static void patchDisk(PatchedBuild build) {
    around(build, "disk/GroupCommit", "connection.commit();", "before-commit", "after-commit");
    after(build, "disk/GroupCommit", "change.onDurable.run();", "after-telling-one");
  }

  private static void patchReplica(PatchedBuild build) {
    build.replace(
        "order/ReplicaShell",
        "effects.toSend().forEach(message -> leave(message, reply));",
        "boolean sends = !effects.toSend().isEmpty(); if (sends) { " + at("before-append-sent")
            + "} effects.toSend().forEach(message -> leave(message, reply)); if (sends) { "
            + at("after-append-sent") + "}");
    around(
        build,
        "order/ReplicaShell",
        "reply.complete(message);",
        "before-acknowledgement",
        "after-acknowledgement");
    before(build, "order/ReplicaShell", "orders.add(order.get().number()", "mid-apply");
    build.replace(
        "order/PurchaseShell",
        "effects.answers().forEach(answer -> answer.caller().take(answer));",
        "boolean answers = !effects.answers().isEmpty(); if (answers) { " + at("before-answer")
            + "} effects.answers().forEach(answer -> answer.caller().take(answer)); if (answers) { "
            + at("after-answer") + "}");
    before(
        build,
        "order/PurchaseShell",
        "observer.reserving(reserve.requests(), leftNanos);",
        "before-reserve");
    before(build, "order/PurchaseShell", "purchases.reserved(call.id()", "after-reserve");
  }

  private static void patchTakeOver(PatchedBuild build) {
    before(
        build,
        "order/CatalogClient",
        "return client.post(\"/fence\", question, Fenced.class",
        "before-fence");
    before(build, "order/PurchaseShell", "purchases.fenced(call.id(), fenced);", "after-fence");
    build.replace(
        "order/PurchaseShell",
        "observer.roleChanged();",
        "observer.roleChanged(); if (changed.role() == Role.CANDIDATE) { " + at("became-candidate")
            + "}");
    before(
        build, "order/PurchaseShell", "purchases.established(established.epoch());", "established");
    before(
        build, "primarybackup/CatchUpPhase", "long through = reply.committed();", "mid-catch-up");
  }

  private static void patchCatalog(PatchedBuild build) {
    build.replace(
        "catalog/CatalogService",
        "effects.pushes().forEach(publisher::push);",
        "boolean pushes = !effects.pushes().isEmpty(); if (pushes) { " + at("before-push")
            + "} effects.pushes().forEach(publisher::push); if (pushes) { " + at("after-push")
            + "}");
    before(
        build,
        "edge/OpenQuestions",
        "Promise<Object> promise = asked.remove(reply.token());",
        "before-catalog-answer");
    before(build, "stock/Decisions", "draft.sold(row, nowMs);", "mid-settle");
    before(build, "stock/CatalogCore", "restocks++;", "mid-restock");
    before(build, "stock/Witness", "draft.meta(Meta.FENCE, epoch);", "mid-fence");
  }

  private static void patchFrontEnd(PatchedBuild build) {
    build.replace(
        "front-end/ReplicaLink",
        CALL_TO_BUY,
        at("before-buy") + CALL_TO_BUY + ".map(bought -> { " + at("after-buy")
            + "return bought; })");
    after(
        build,
        "front-end/Products",
        "cache.invalidate(change.name(), change.version());",
        "mid-invalidation");
    before(
        build,
        "front-end/LeaderWatch",
        "if (appoint.replica() == appoint.leader()) {",
        "mid-appointment");
  }

  private static void patchLog(PatchedBuild build) {
    around(build, "order/log/LogWriter", "log.sync();", "before-log-sync", "after-log-sync");
    after(build, "order/log/PromiseFile", "file.force();", "mid-promise");
    after(
        build,
        "order/log/SegmentedLog",
        "segments.add(SegmentFile.create(folder, before, spare, files));",
        "mid-segment-roll");
    build.replace("order/log/SegmentedLog", "SEGMENT_BYTES = 8 << 20;", "SEGMENT_BYTES = 4 << 10;");
    // It has the size as it was when it was compiled.
    build.replace("order/PrimaryBackupEngine", "SegmentedLog.SEGMENT_BYTES", "4 << 10");
  }

  private static void patchSealing(PatchedBuild build) {
    around(build, "order/OrderSealing", "older.seal(table, digest);", "before-seal", "after-seal");
    // The file is written, and has no name yet.
    before(build, "disk/RunFolder", "disk.rename(temporary, file);", "mid-seal");
    // Steps so short that orders are old soon. They have the size as it was when it was compiled.
    build.replace("order/PrimaryBackupEngine", "OrderBook.STEP", "64");
    build.replace("raft/RaftEngine", "OrderBook.STEP", "64");
  }

  private static void patchRaft(PatchedBuild build) {
    after(build, "order/log/SegmentedLog", "delete(segments.removeFirst());", "mid-compaction");
    after(
        build,
        "raft/RaftDisk",
        "orders.add(row.number(), row.purchase(), row.index());",
        "mid-snapshot");
    before(build, "raft/RaftDisk", "log.meet(install.state());", "before-install");
    before(build, "order/log/SegmentedLog", "delete(segments.removeLast());", "mid-install");
    // The log's tail so short that who returns has lost touch.
    build.replace("raft/RaftEngine", "KEEP_ENTRIES = 50_000;", "KEEP_ENTRIES = 20;");
  }

  private static void before(PatchedBuild build, String source, String code, String point) {
    build.replace(source, code, at(point) + code);
  }

  private static void after(PatchedBuild build, String source, String code, String point) {
    build.replace(source, code, code + " " + at(point));
  }

  private static void around(
      PatchedBuild build, String source, String code, String before, String after) {
    build.replace(source, code, at(before) + code + " " + at(after));
  }
}
