package toystore.operations;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.ExitCode;
import toystore.command.OptionValues;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.order.log.LogReading;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** Prints and verifies a replica's log, straight from its files; changes nothing. */
@Command(
    name = "log",
    description = {
      "Print and verify a replica's log, one JSON object an entry.",
      "Straight from its files: the replica may run or be down. Of a damaged log it prints what is"
          + " before the damage."
    },
    exitCodeList = {
      "0:verified",
      "1:the log is damaged",
      "4:there is no such log, or it cannot be read"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bin/toystore log --replica 1", "  bin/toystore log --replica 3 --from 100"})
final class LogCommand extends StoreCommand {
  private static final int REPLICAS = 3;

  @Spec
  private CommandSpec spec;

  @Option(names = "--replica", paramLabel = "N", required = true, description = "1, 2 or 3.")
  private int replica;

  @Option(
      names = "--from",
      paramLabel = "I",
      defaultValue = "1",
      description = "First index to print. Default: ${DEFAULT-VALUE}.")
  private long from;

  private Console console;

  @Override
  public Integer call() {
    console = console();
    Path data = root();
    OptionValues values = new OptionValues(spec);
    values.range("--replica", replica, 1, REPLICAS);
    values.range("--from", from, 1, Long.MAX_VALUE);
    Path folder = data.resolve("order-" + replica).resolve(SegmentedLog.FOLDER);
    try {
      return print(LogReading.of(folder), folder);
    } catch (NoSuchFileException e) {
      console.remark("toystore: replica " + replica + " has no log in " + data
          + ": it was never started by this version, or its store is on PostgreSQL");
      return ExitCode.NOT_DONE.status();
    } catch (DataFolderException e) {
      console.remark(
          "toystore: the log changed while it was read, so try again: " + e.getMessage());
      return ExitCode.NOT_DONE.status();
    } catch (IOException e) {

      console.remark("toystore: log " + folder + " cannot be read: " + e);
      return ExitCode.NOT_DONE.status();
    }
  }

  private int print(LogReading log, Path folder) {
    log.forEach(from, this::print);
    if (log.damage() != null) {
      console.remark("toystore: log " + folder + " is damaged: " + log.damage());
      console.remark("toystore: to fetch it anew: bin/toystore rebuild order-" + replica);
      return ExitCode.BROKEN.status();
    }
    Promise promise = log.promise();
    console.remark("term=" + Epochs.counter(promise.epoch()) + " vote=" + promise.leader()
        + " segments=" + log.segments() + " first=" + log.first() + " last="
        + log.last().index() + " torn=" + log.torn()
        + (log.isRebuilding() ? " rebuilding=true" : "")
        + " verified=true");
    return OK;
  }

  private void print(Entry entry) {
    JsonObject line =
        new JsonObject().put("index", entry.index()).put("term", Epochs.counter(entry.epoch()));
    if (entry.purchase() != null) {
      line.put("key", entry.purchase().key())
          .put("name", entry.purchase().name())
          .put("quantity", entry.purchase().quantity());
    }
    console.line(line.encode());
  }
}
