package toystore.operations;

import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command on one service. */
abstract class ServiceCommand extends WaitingCommand {
  private final BiConsumer<LocalStore, String> act;
  private final String done;

  @Parameters(
      paramLabel = "SERVICE",
      description = "catalog, order-1, order-2, order-3 or front-end.")
  private String service;

  private ServiceCommand(BiConsumer<LocalStore, String> act, String done) {
    this.act = act;
    this.done = done;
  }

  @Override
  int work(LocalStore store) {
    act(store, service);
    console().line(service + " " + done);
    return OK;
  }

  void act(LocalStore store, String name) {
    act.accept(store, name);
  }

  @Command(
      name = "kill",
      description = "End a service at once (SIGKILL), as a crash does.",
      footerHeading = "%nExamples:%n",
      footer = "  bin/toystore kill order-3")
  static final class Kill extends ServiceCommand {
    Kill() {
      super(LocalStore::kill, "was killed");
    }
  }

  @Command(
      name = "pause",
      description = "Make a service hang (SIGSTOP) until it is resumed.",
      footerHeading = "%nExamples:%n",
      footer = "  bin/toystore pause order-3")
  static final class Pause extends ServiceCommand {
    Pause() {
      super(LocalStore::pause, "is paused");
    }
  }

  @Command(
      name = "resume",
      description = "Let a paused service go on (SIGCONT).",
      footerHeading = "%nExamples:%n",
      footer = "  bin/toystore resume order-3")
  static final class Resume extends ServiceCommand {
    Resume() {
      super(LocalStore::resume, "goes on");
    }
  }

  @Command(
      name = "stop",
      description = "Stop a service, gracefully, and wait until it is gone.",
      footerHeading = "%nExamples:%n",
      footer = "  bin/toystore stop catalog")
  static final class Stop extends ServiceCommand {
    Stop() {
      super(LocalStore::stop, "is down");
    }
  }

  @Command(
      name = "start",
      description =
          "Start a service that is down, and wait until it is ready; or say what it waits for itself.",
      footerHeading = "%nExamples:%n",
      footer = "  bin/toystore start order-3")
  static final class Start extends ServiceCommand {
    @Mixin
    private StartLimitOptions limit;

    Start() {
      super(LocalStore::start, "is up");
    }

    @Override
    void act(LocalStore store, String name) {
      store.start(name, limit.limit());
    }
  }
}
