package toystore.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import toystore.operations.OperationFailed;
import toystore.operations.Programs;
import toystore.operations.Service;
import toystore.relay.Flow;
import toystore.relay.Way;

/**
 * Each service runs in a network namespace of its own: cuts are below TCP, which sends what was
 * lost again. Needs ip of iproute2, and the right to use it.
 */
final class Namespaces implements DrillNetwork {
  private static final int CANDIDATES = 5_000;
  private static final int ATTEMPTS = 5;

  /** Nobody listens there: who can be reached says so, and who cannot is silent. */
  private static final int NO_SERVICE = 1;

  private static final Duration UNTIL_REFUSED = Duration.ofSeconds(2);
  private static final Duration SILENT = Duration.ofMillis(300);

  private final Set<Way> cut = new HashSet<>();
  private Lan lan;

  /** Makes the network, and tries whether it can be used and cut; why not, or empty. */
  Optional<String> open() {
    return take().or(() -> run(lan.make())).or(() -> tell(lan.heal(Lan.ways()))).or(this::isNoUse);
  }

  private Optional<String> take() {
    Optional<String> routes = Programs.output("ip", "-4", "route", "show", "table", "all");
    if (routes.isEmpty()) {
      return Optional.of("there is no ip of iproute2");
    }
    List<Lan> free = new Random()
        .ints(CANDIDATES, 0, Lan.COUNT)
        .mapToObj(Lan::new)
        .filter(candidate -> !candidate.clashesWith(routes.get()))
        .limit(ATTEMPTS)
        .toList();
    Optional<String> failure = Optional.of("all addresses are taken");
    for (Lan next : free) {
      failure = Programs.failure(next.take(), "");
      if (failure.isEmpty()) {
        lan = next;
        break;
      }
    }
    return failure;
  }

  private static Optional<String> run(List<List<String>> commands) {
    return commands.stream()
        .map(command -> Programs.failure(command, ""))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> tell(Map<List<String>, String> commands) {
    return commands.entrySet().stream()
        .map(command -> Programs.failure(command.getKey(), command.getValue()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A firewall may be in between, or a program may not be started where the services are to be. */
  private Optional<String> isNoUse() {
    Way back = new Way(Testbed.CATALOG, Lan.DRILL);
    return Programs.failure(starting("true"), "")
        .or(() ->
            answers(UNTIL_REFUSED) ? Optional.empty() : Optional.of("no service could be reached"))
        .or(() -> tell(lan.cut(List.of(back))))
        .or(() -> answers(SILENT) ? Optional.of("a cut has no effect") : Optional.empty())
        .or(() -> tell(lan.heal(List.of(back))))
        .or(() -> answers(UNTIL_REFUSED) ? Optional.empty() : Optional.of("a cut does not heal"));
  }

  private List<String> starting(String program) {
    return Stream.concat(lan.starter(Testbed.CATALOG).stream(), Stream.of(program))
        .toList();
  }

  private boolean answers(Duration limit) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(lan.address(Testbed.CATALOG), NO_SERVICE),
          Math.toIntExact(limit.toMillis()));
      return true;
    } catch (ConnectException refused) {
      return true;
    } catch (IOException silent) {
      return false;
    }
  }

  /** What it is made of, for the report. */
  String inWords() {
    return "network namespaces";
  }

  @Override
  public void tailor(Service service, ObjectNode conf) {
    String own = lan.address(service.name());
    conf.put("host", own);
    if (service.kind() == Service.ServiceKind.FRONT_END) {
      conf.put("internalHost", own);
    }
    if (conf.has("catalog")) {
      conf.put("catalog", moved(conf.path("catalog"), Testbed.CATALOG));
    }
    for (String list : List.of("peers", "replicas")) {
      for (JsonNode peer : conf.path(list)) {
        String replica = "order-" + peer.path("id").asInt();
        ((ObjectNode) peer).put("address", moved(peer.path("address"), replica));
      }
    }
  }

  /** The same port, at the other's own address. */
  private String moved(JsonNode address, String service) {
    String text = address.asText();
    return lan.address(service) + text.substring(text.lastIndexOf(':'));
  }

  @Override
  public List<String> starter(String service) {
    return lan.starter(service);
  }

  /** The mode has no meaning here: what is lost is sent again, as in any network. */
  @Override
  public void cut(Collection<Way> ways, Flow.FlowMode mode) {
    cut.addAll(ways);
    require(tell(lan.cut(ways)));
  }

  @Override
  public void heal() {
    require(tell(lan.heal(cut)));
    cut.clear();
  }

  private static void require(Optional<String> failure) {
    failure.ifPresent(words -> {
      throw new OperationFailed("the network cannot be changed: " + words);
    });
  }

  @Override
  public void close() {
    if (lan == null) {
      return;
    }
    lan.remove().forEach(command -> Programs.failure(command, ""));
    String left = Programs.output("ip", "netns", "list").orElse("")
        + Programs.output("ip", "link", "show").orElse("");
    if (lan.isIn(left)) {
      throw new OperationFailed("cannot remove all of " + lan);
    }
  }
}
