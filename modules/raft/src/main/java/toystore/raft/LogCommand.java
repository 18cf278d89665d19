package toystore.raft;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Epochs;
import toystore.replication.LogPosition;

/** Prints and verifies a Raft replica's log, straight from its files; changes nothing. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = {
      "Print and verify a Raft replica's log, one JSON object an entry.",
      "Straight from its files: the replica may run or be down. Exits 1 when the log is damaged."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bin/toystore log --replica 1", "  bin/toystore log --replica 3 --from 100"})
public final class LogCommand implements Callable<Integer> {
  private static final int REPLICAS = 3;
  private static final int DAMAGED = 1;
  private static final int UNREADABLE = 2;

  @Spec
  private CommandSpec spec;

  @Option(names = "--replica", paramLabel = "N", required = true, description = "1, 2 or 3.")
  private int replica;

  @Option(
      names = "--from",
      paramLabel = "I",
      defaultValue = "1",
      description = "First index to print (default 1).")
  private long from;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:TOYSTORE_DATA:-${sys:toystore.checkout:-.}/data}",
      description = "The store's data folder (default: $TOYSTORE_DATA, else data/ here).")
  private Path data;

  private PrintWriter out;
  private PrintWriter err;
  private LogPosition last;

  @Override
  public Integer call() {
    out = spec.commandLine().getOut();
    err = spec.commandLine().getErr();
    if (replica < 1 || replica > REPLICAS) {
      throw new ParameterException(
          spec.commandLine(), "--replica: '" + replica + "' is not from 1 to " + REPLICAS);
    }
    Path folder = data.resolve("order-" + replica).resolve(RaftEngine.LOG);
    try {
      return print(folder);
    } catch (NoSuchFileException e) {
      err.println("toystore: replica " + replica + " has no Raft log in " + data
          + ": it was never started, or runs the other engine");
      return UNREADABLE;
    } catch (IOException e) {
      err.println("toystore: log " + folder + " cannot be read: " + e);
      return UNREADABLE;
    } catch (LogFormat.DamageException e) {
      err.println("toystore: log " + folder + " is damaged: " + e.getMessage());
      err.println("toystore: to fetch it anew: bin/toystore rebuild order-" + replica);
      return DAMAGED;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private int print(Path folder) throws IOException, LogFormat.DamageException {
    ByteBuffer slots = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("promise")));
    LogFormat.Promised promised = LogFormat.readPromise(slots);
    List<Path> paths = SegmentedLog.segmentPaths(folder);
    demandNewest(promised, paths);
    for (Path path : paths) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      LogFormat.Segment segment = LogFormat.read(bytes, path.equals(paths.get(paths.size() - 1)));
      if (last != null && !last.equals(segment.before())) {
        throw new LogFormat.DamageException(path.getFileName() + " does not follow " + last);
      }
      last = segment.before();
      segment.entries().forEach(this::print);
    }
    Promise promise = promised.promise();
    err.println("term=" + Epochs.counter(promise.epoch()) + " vote=" + promise.leader()
        + " segments=" + paths.size() + " last=" + (last == null ? 0 : last.index())
        + " verified=true");
    return 0;
  }

  private static void demandNewest(LogFormat.Promised promised, List<Path> paths)
      throws LogFormat.DamageException {
    long last = paths.isEmpty() ? 0 : SegmentFile.firstIndexOf(paths.get(paths.size() - 1));
    if (last < promised.newestSegment()) {
      throw new LogFormat.DamageException(
          "its segment that starts at " + promised.newestSegment() + " is missing");
    }
  }

  private void print(Entry entry) {
    last = entry.position();
    if (entry.index() >= from) {
      JsonObject line =
          new JsonObject().put("index", entry.index()).put("term", Epochs.counter(entry.epoch()));
      if (entry.purchase() != null) {
        line.put("key", entry.purchase().key())
            .put("name", entry.purchase().name())
            .put("quantity", entry.purchase().quantity());
      }
      out.println(line.encode());
    }
  }
}
