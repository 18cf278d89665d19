package toystore.lab;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import toystore.operations.Installation;
import toystore.operations.Lab;
import toystore.operations.LabPlan;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.StoreCommand;

/** {@code bin/toystore lab}. */
@Command(
    name = "lab",
    description = {
      "Serve the lab of a store that was started with up --lab, until told to end.",
      "That up does this by itself; this is for a lab that was ended, and shows what it logs."
    },
    exitCodeList = {"0:its store was taken down", "1:it failed, and says why"},
    footerHeading = "%nExamples:%n",
    footer = {"  bin/toystore up --lab", "  bin/toystore lab"})
public final class LabCommand extends StoreCommand {
  private static final long LOOK_MS = 1_000;

  @Override
  public Integer call() throws InterruptedException {
    LocalStore store = LocalStore.in(root());
    LabPlan plan = store.lab().claim();
    Vertx vertx = vertx(root().resolve("run").resolve("lab.tmp"));
    try {
      vertx
          .deployVerticle(
              new LabVerticle(store, plan, Installation.find().home().resolve("docs")))
          .await();
      console().text("The lab is up: " + plan.address() + System.lineSeparator());
      awaitEnd(vertx, store.lab());
    } catch (IllegalStateException e) {
      throw new OperationFailed(e.getMessage(), e);
    } finally {
      vertx.close().await();
    }
    return OK;
  }

  /** Actions wait for processes, which on a busy machine takes as long as it takes. */
  private static Vertx vertx(Path scratch) {
    return Vertx.vertx(new VertxOptions()
        .setEventLoopPoolSize(1)
        .setMaxWorkerExecuteTime(1)
        .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS)
        .setFileSystemOptions(new FileSystemOptions().setFileCacheDir(scratch.toString())));
  }

  /** A lab whose store was taken down, or whose folder was deleted, is of no use. */
  private static void awaitEnd(Vertx vertx, Lab lab) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    long own = ProcessHandle.current().pid();
    vertx.setPeriodic(
        LOOK_MS, tick -> vertx.executeBlocking(() -> lab.isRunBy(own), false).onSuccess(isOurs -> {
          if (!isOurs) {
            ended.countDown();
          }
        }));
    ended.await();
  }
}
