package toystore.client;

import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.ExitCode;

/** {@code toystore client}: puts load on a store, and checks that it keeps its word. */
@Command(
    name = "client",
    exitCodeOnExecutionException = 4,
    description = {
      "Put load on a store, measure it, and check that it keeps its word.",
      "Each client goes round: it queries a random toy and, if it is in stock, buys it with"
          + " probability P. It remembers every order it was given, looks each one up at the end,"
          + " and compares. Purchases carry an Idempotency-Key and are sent again with it when"
          + " there is no answer, so that one purchase must become one order.",
      "",
      "Closed loop (default): a client waits for its answer before it goes on. While the store"
          + " stalls nothing is sent, so a stall of whatever length is one slow answer per client:"
          + " percentiles look better than users would find them (coordinated omission).",
      "Open loop (--rate): iterations are due at a constant rate, and the latencies of queries and"
          + " of whole iterations count from when the iteration was due. A stall shows in each that"
          + " it held up. (A purchase counts from its sending, after the query.)"
          + " Use it to ask how the store feels at a given load; use the closed loop to ask how"
          + " much it can do.",
      "",
      "Figures for --check: of query, queryHit, queryMiss, unknown, buy, refusal (a purchase"
          + " answered 409), order, and with --rate iteration: p50, p99.9 ..., mean, min, max with"
          + " a unit (us, ms, s); count, throughput; of query, buy and order failures. Of the"
          + " whole: failures, refusals, unavailable, timeouts, connectionErrors, repeats,"
          + " openPurchases, iterations, throughput, givenUp, orders, unverified, leaderChanges."
    },
    exitCodeList = {
      "0:good; or the store served and no order is wrong, but requests failed: then the last line"
          + " says how many",
      "1:orders are lost, wrong or doubled; each is named",
      "3:a --check failed, such as --check 'failures==0'",
      "4:the store could not be reached, no query or no purchase succeeded, orders could not be"
          + " looked up, or a report not be written",
      "130:interrupted: Ctrl-C or SIGTERM stops the load, verifies for up to 10 s, and reports"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore client -c 5 -n 1000 -p 0.4",
      "  bin/toystore client -c 64 -d 30s --warmup 5s --html load.html",
      "  bin/toystore client -c 200 --rate 2000 -d 1m --check 'query.p99<20ms' --check"
          + " 'failures==0'",
      "  bin/toystore client --json | jq .requests.buy.percentilesMs"
    })
public final class ClientCommand implements Callable<Integer> {
  @Spec
  private CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Mixin
  private LoadOptions load;

  @Mixin
  private OutputOptions output;

  /** For picocli. */
  public ClientCommand() {}

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    LoadSettings settings = load.settings();
    output.check();
    Vertx vertx = LoadVertx.of(settings.loops());
    LoadJob job = job(vertx, settings);
    try (LoadInterruption ignored = new LoadInterruption(job)) {
      CompletableFuture<ExitCode> end = job.run().toCompletionStage().toCompletableFuture();
      ExitCode code = end.get();
      ignored.ended(code);
      return code.status();
    } finally {
      vertx.close();
    }
  }

  /** The job that the options describe. */
  LoadJob job(Vertx vertx) {
    LoadSettings settings = load.settings();
    output.check();
    return job(vertx, settings);
  }

  private LoadJob job(Vertx vertx, LoadSettings settings) {
    return new LoadJob(
        vertx,
        settings,
        output,
        command.commandLine().getOut(),
        command.commandLine().getErr());
  }
}
