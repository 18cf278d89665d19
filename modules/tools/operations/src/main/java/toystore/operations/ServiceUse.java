package toystore.operations;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the process of a service has used of the machine since it started.
 *
 * @param processor time of all its threads, in user and system mode
 * @param wakeUps how often a thread of it has waited and gone on: voluntary context switches of the
 *     threads that are alive
 * @param residentBytes what it occupies of the memory now, shared pages included
 */
public record ServiceUse(String service, Duration processor, long wakeUps, long residentBytes) {
  private static final String WAITED = "voluntary_ctxt_switches:";
  private static final String RESIDENT = "VmRSS:";
  private static final long BYTES_PER_KB = 1024;

  /** Empty when the process has ended. */
  static Optional<ServiceUse> of(String service, long pid) {
    Path folder = Proc.ROOT.resolve(Long.toString(pid));
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(processor -> new ServiceUse(
            service,
            processor,
            wakeUps(folder.resolve("task")),
            figure(folder.resolve("status"), RESIDENT) * BYTES_PER_KB));
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
