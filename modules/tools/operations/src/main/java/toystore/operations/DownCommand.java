package toystore.operations;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "down",
    description = {
      "Stop all services, gracefully. Data is kept.",
      "Services whose folder was deleted are stopped too; those started by hand are named and left alone."
    },
    exitCodeList = {"0:nothing of the store runs any more", "1:something still uses its files"},
    footerHeading = "%nExamples:%n",
    footer = "  bin/toystore down")
final class DownCommand extends WaitingCommand {
  @Override
  int work(LocalStore store) {
    List<String> stopped = store.down();
    List<String> strangers = store.strangers();
    strangers.forEach(running -> console()
        .remark(running + " uses this store's files" + Obstacles.NOT_OURS
            + ": it is left alone; end it where it was started, or by kill"));
    if (!stopped.isEmpty()) {
      console().line("The store is down.");
    } else {
      String what = strangers.isEmpty() ? "Nothing" : "Nothing that this store started";
      console().line(what + " was up in " + root() + ".");
      store.elsewhere().ifPresent(console()::remark);
    }
    return strangers.isEmpty() ? OK : FAILED;
  }
}
