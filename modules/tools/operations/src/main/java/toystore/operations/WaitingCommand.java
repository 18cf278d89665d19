package toystore.operations;

import toystore.command.ExitCode;

/** A command that may have to wait long: Ctrl-C ends it in order. */
abstract class WaitingCommand extends StoreCommand {
  @Override
  public final Integer call() {
    try (CtrlC interruption = CtrlC.heeded()) {
      try {
        return work(store(new Operator(console()::remark, interruption::isWanted)));
      } catch (Interrupted e) {
        console().remark("toystore: " + e.getMessage());
        return ExitCode.INTERRUPTED.status();
      }
    }
  }

  /** Does it, and returns the exit status. */
  abstract int work(LocalStore store);
}
