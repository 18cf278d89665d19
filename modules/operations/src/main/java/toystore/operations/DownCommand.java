package toystore.operations;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "down",
    description = "Stop all services, gracefully. Data is kept.",
    footerHeading = "%nExample:%n",
    footer = "  bin/toystore down")
final class DownCommand extends StoreCommand {
  @Override
  public Integer call() {
    List<String> stopped = store().down();
    console().line(stopped.isEmpty() ? "Nothing was up." : "The store is down.");
    return OK;
  }
}
