package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "Show how each service is. One that hangs does not hold this up.",
      "STATE is live, starting, paused or down; orphaned when its folder was deleted while it ran;",
      "and foreign as well when no command on this store has started it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore status",
      "  bin/toystore status --json | jq -r '.services[] | select(.role == \"leader\") | .service'"
    })
final class StatusCommand extends StoreCommand {
  private static final String NO_EPOCH = "0.0";
  private static final long SECONDS_A_MINUTE = 60;
  private static final long SECONDS_AN_HOUR = 3_600;
  private static final long SECONDS_A_DAY = 86_400;

  @Option(
      names = "--json",
      description = "Print JSON, with all that the services say of themselves.")
  private boolean json;

  @Override
  public Integer call() {
    LocalStore store = store();
    StoreStatus status = store.status();
    Optional<ObjectNode> lab = store.lab().status();
    if (json) {
      ObjectNode all = status.toJson();
      lab.ifPresent(its -> all.set("lab", its));
      console().line(Json.line(all));
    } else {
      console().table(table(status));
      for (ServiceStatus service : status.services()) {
        service.text("trouble").ifPresent(words -> console()
            .line(service.service() + ": " + words));
      }
      status.durability().ifPresent(words -> console().line("durability: " + words));
      lab.ifPresent(its -> console()
          .line(
              "lab: " + its.path("state").asText() + ", " + its.path("address").asText()));
    }
    store.remarks(status).forEach(console()::remark);
    return OK;
  }

  static Table table(StoreStatus status) {
    Table table = new Table(
        "SERVICE",
        "STATE",
        "PID",
        "ADDRESS",
        "ROLE",
        "LEADER",
        "EPOCH",
        "LAST ORDER",
        "BEHIND",
        "CACHED",
        "HITS",
        "UPTIME");
    for (ServiceStatus service : status.services()) {
      table.row(
          service.service(),
          state(service),
          number(service.pid()),
          service.address(),
          service.role().orElse("-"),
          leader(status, service),
          service.epoch().filter(epoch -> !NO_EPOCH.equals(epoch)).orElse("-"),
          lastOrder(service.number("lastOrder")),
          number(service.number("behindBy")),
          cached(service.details().path("cache")),
          hitRatio(service.details().path("cache")),
          service.pid().isPresent() ? duration(service.uptime()) : "-");
    }
    return table;
  }

  private static String state(ServiceStatus service) {
    String state = service.state() == ServiceStatus.ServiceState.LIVE && !service.answers()
        ? "live, silent"
        : service.state().toString();
    return service.foreign() ? state + ", foreign" : state;
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
  }

  /** A replica knows its leader by number. */
  private static String leader(StoreStatus status, ServiceStatus service) {
    OptionalLong id = service.number("leader");
    boolean desks = status.services().stream()
        .anyMatch(one -> one.service().kind() == Service.ServiceKind.DESK);
    return id.isEmpty()
        ? service.text("leader").orElse("-")
        : id.getAsLong() == 0
            ? "none"
            : (desks ? Service.desk((int) id.getAsLong()) : Service.replica((int) id.getAsLong()))
                .name();
  }

  private static String lastOrder(OptionalLong number) {
    return number.isPresent() && number.getAsLong() < 0 ? "none" : number(number);
  }

  private static String cached(JsonNode cache) {
    if (!cache.path("enabled").asBoolean()) {
      return cache.has("enabled") ? "off" : "-";
    }
    return cache.path("size").asLong() + " of " + cache.path("capacity").asLong();
  }

  private static String hitRatio(JsonNode cache) {
    return cache.path("enabled").asBoolean()
        ? String.format(Locale.ROOT, "%.0f%%", 100 * cache.path("hitRatio").asDouble())
        : "-";
  }

  static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < SECONDS_A_MINUTE) {
      return seconds + " s";
    }
    if (seconds < SECONDS_AN_HOUR) {
      return time.toMinutes() + " min";
    }
    return seconds < SECONDS_A_DAY ? time.toHours() + " h" : time.toDays() + " d";
  }
}
