package toystore.operations;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The services that run on this machine, found by what their processes are. Nothing is written down
 * for it, so it is never out of date: neither after a crash nor when a folder was deleted.
 *
 * @param all as they were a moment ago
 */
record RunningServices(List<RunningService> all) {
  static RunningServices take() {
    return new RunningServices(
        Proc.pids().stream().map(RunningService::of).flatMap(Optional::stream).toList());
  }

  /** Those that a command on that store has started. */
  List<RunningService> startedIn(StoreFolder folder) {
    return all.stream()
        .filter(running -> running.mark().isPresent() && running.uses(folder))
        .toList();
  }

  /** Those that use that store's files though no command on it has started them. */
  List<RunningService> strangersIn(StoreFolder folder) {
    return all.stream()
        .filter(running -> running.mark().isEmpty() && running.uses(folder))
        .toList();
  }

  /** The folders of other stores that were started from that checkout. */
  List<Path> storesOf(Installation installation, StoreFolder except) {
    return all.stream()
        .filter(running -> running.home().equals(installation.home()) && !running.uses(except))
        .flatMap(running -> running.mark().stream())
        .map(RunningService.StoreMark::root)
        .collect(java.util.stream.Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }
}
