package toystore.raft;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Epochs;

/** Prints and verifies a Raft replica's log, straight from its files; changes nothing. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = {
      "Print and verify a Raft replica's log, one JSON object an entry.",
      "Straight from its files: the replica may run or be down. Exits 1 when the log is damaged,",
      "and then prints what is before the damage."
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
      return print(LogReading.of(folder), folder);
    } catch (NoSuchFileException e) {
      err.println("toystore: replica " + replica + " has no Raft log in " + data
          + ": it was never started, or runs the other engine");
      return UNREADABLE;
    } catch (IOException e) {
      err.println("toystore: log " + folder + " cannot be read: " + e);
      return UNREADABLE;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private int print(LogReading log, Path folder) {
    log.entries().forEach(this::print);
    if (log.damage() != null) {
      err.println("toystore: log " + folder + " is damaged: " + log.damage());
      err.println("toystore: to fetch it anew: bin/toystore rebuild order-" + replica);
      return DAMAGED;
    }
    Promise promise = log.promise();
    err.println("term=" + Epochs.counter(promise.epoch()) + " vote=" + promise.leader()
        + " segments=" + log.segments() + " first=" + log.first() + " last="
        + log.last().index() + " torn=" + log.torn() + " verified=true");
    return 0;
  }

  private void print(Entry entry) {
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
