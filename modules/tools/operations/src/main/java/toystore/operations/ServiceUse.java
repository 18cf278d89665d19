package toystore.operations;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the process of a service has used of the machine since it started, and the processes that it
 * has started, as a database does for each connection, as far as they are alive.
 *
 * @param processor time of all its threads, in user and system mode
 * @param wakeUps how often a thread of it has waited and gone on: voluntary context switches of the
 *     threads that are alive
 * @param residentBytes what it occupies of the memory now, shared pages included; what several of
 *     its processes share counts once
 */
public record ServiceUse(String service, Duration processor, long wakeUps, long residentBytes) {
  private static final String WAITED = "voluntary_ctxt_switches:";
  private static final String RESIDENT = "VmRSS:";
  /** Of pages that several processes have, each gets its part. */
  private static final String SHARE = "Pss:";

  private static final long BYTES_PER_KB = 1024;

  /** Empty when the process has ended. */
  public static Optional<ServiceUse> of(String service, long pid) {
    return ProcessHandle.of(pid).flatMap(process -> of(service, process));
  }

  private static Optional<ServiceUse> of(String service, ProcessHandle process) {
    List<ProcessHandle> others = process.descendants().toList();
    return process.info().totalCpuDuration().map(own -> {
      List<Path> folders = Stream.concat(Stream.of(process), others.stream())
          .map(each -> Proc.ROOT.resolve(Long.toString(each.pid())))
          .toList();
      return new ServiceUse(
          service,
          others.stream()
              .flatMap(other -> other.info().totalCpuDuration().stream())
              .reduce(own, Duration::plus),
          folders.stream().mapToLong(folder -> wakeUps(folder.resolve("task"))).sum(),
          residentKb(folders) * BYTES_PER_KB);
    });
  }

  private static long residentKb(List<Path> folders) {
    return folders.size() == 1
        ? figure(folders.get(0).resolve("status"), RESIDENT)
        : folders.stream()
            .mapToLong(folder -> figure(folder.resolve("smaps_rollup"), SHARE))
            .sum();
  }

  private static long wakeUps(Path threads) {
    long sum = 0;
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(threads)) {
      for (Path thread : folders) {
        sum += figure(thread.resolve("status"), WAITED);
      }
    } catch (IOException ended) {
      // What is left of a process that ends is not asked for.
    }
    return sum;
  }

  /** The number in the line that begins so; 0 when there is none. */
  private static long figure(Path file, String name) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip().split(" ")[0])
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }
}
