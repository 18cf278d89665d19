package toystore.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.LogGlance;

/**
 * The ends of the replicas' logs. Two logs that share a position are the same up to it, so each
 * entry is sent once, whoever has it, and of each replica only which runs of them it has. Pure;
 * owned by one event loop.
 */
final class LogPicture {
  private final Map<Integer, LogGlance> logs = new LinkedHashMap<>();

  /**
   * Entries of one epoch, without gaps.
   *
   * @param first index of the first, with {@code last}
   */
  record EntryRun(String epoch, long first, long last) {}

  /**
   * An entry as consoles get it.
   *
   * @param order its number, null for none
   * @param toy null in a no-op
   */
  record EntryItem(String epoch, long index, Long order, String toy, int quantity) {}

  void put(int replica, LogGlance log) {
    logs.put(replica, log);
  }

  List<EntryRun> runs(int replica) {
    List<EntryRun> runs = new ArrayList<>();
    for (LogGlance.LogLine line : logs.get(replica).entries()) {
      String epoch = Epochs.text(line.epoch());
      EntryRun run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (run != null && run.epoch().equals(epoch)) {
        runs.set(runs.size() - 1, new EntryRun(epoch, run.first(), line.index()));
      } else {
        runs.add(new EntryRun(epoch, line.index(), line.index()));
      }
    }
    return runs;
  }

  /** All entries that at least one replica shows. */
  Map<LogPosition, EntryItem> items() {
    Map<LogPosition, EntryItem> items = new LinkedHashMap<>();
    logs.values().forEach(log -> log.entries().forEach(line -> {
      EntryItem item = new EntryItem(
          Epochs.text(line.epoch()), line.index(), line.order(), line.toy(), line.quantity());
      // Who has applied it knows its number; the others do not yet.
      items.merge(
          new LogPosition(line.epoch(), line.index()),
          item,
          (known, other) -> known.order() == null ? other : known);
    }));
    return items;
  }
}
