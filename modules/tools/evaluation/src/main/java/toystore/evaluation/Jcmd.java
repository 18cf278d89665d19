package toystore.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import toystore.operations.OperationFailed;

/** How much of its heap a Java process uses once what nobody needs is gone. */
final class Jcmd {
  private static final Pattern USED = Pattern.compile("total +\\d+K, used (\\d+)K");
  private static final long BYTES_PER_K = 1024;
  private static final int LIMIT_S = 60;

  private Jcmd() {}

  /** @throws OperationFailed when the JDK has no such program, or the process does not answer */
  static long heapBytes(long pid) throws IOException, InterruptedException {
    // Twice, since what the first finds to be closed is free after the second only.
    run(pid, "GC.run");
    run(pid, "GC.run");
    return usedBytes(run(pid, "GC.heap_info"));
  }

  /** Sums the generations of a serial heap, or takes the whole of another. */
  static long usedBytes(String heapInfo) {
    Matcher parts = USED.matcher(heapInfo);
    long sum = 0;
    while (parts.find()) {
      sum += Long.parseLong(parts.group(1)) * BYTES_PER_K;
    }
    if (sum == 0) {
      throw new OperationFailed("jcmd says nothing of a heap: " + heapInfo);
    }
    return sum;
  }

  private static String run(long pid, String what) throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(program)) {
      throw new OperationFailed(
          "the heap of services is asked by jcmd, and there is no " + program + ": use a JDK");
    }
    Process process = new ProcessBuilder(program.toString(), Long.toString(pid), what)
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new OperationFailed("jcmd " + what + " of process " + pid + ": " + said.strip());
    }
    return said;
  }
}
