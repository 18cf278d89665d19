package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The services of one store, as the data folder knows them and as they answer now. */
final class Fleet {
  private final Checkout checkout;
  private final StoreFolder folder;
  private final Consumer<String> news;
  private final LaunchOptions launchOptions;
  private Probe probe;

  /**
   * The fleet of that folder.
   *
   * @param news told, in words for a person, what is being done
   */
  Fleet(Checkout checkout, StoreFolder folder, Consumer<String> news) {
    this(checkout, folder, news, LaunchOptions.none());
  }

  /** The same, whose processes are started so. */
  Fleet(Checkout checkout, StoreFolder folder, Consumer<String> news, LaunchOptions launchOptions) {
    this.checkout = checkout;
    this.folder = folder;
    this.news = news;
    this.launchOptions = launchOptions;
  }

  Checkout checkout() {
    return checkout;
  }

  Fleet with(LaunchOptions other) {
    return new Fleet(checkout, folder, news, other);
  }

  LaunchOptions launchOptions() {
    return launchOptions;
  }

  StoreFolder folder() {
    return folder;
  }

  void say(String line) {
    news.accept(line);
  }

  Engine engine() {
    return folder.memory().map(Memory::engine).orElse(Engine.PRIMARY_BACKUP);
  }

  /** All services, in starting order. */
  List<Service> services() {
    return Service.all(folder.memory().map(Memory::frontEnds).orElse(1));
  }

  Service find(String name) {
    return services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownService(name, services()));
  }

  Optional<ServiceProcess> process(Service service) {
    return ServiceProcess.recorded(folder.run(service));
  }

  List<Service> running() {
    return only(service -> process(service).isPresent());
  }

  List<Service> frontEnds() {
    return only(service -> service.kind() == Service.Kind.FRONT_END);
  }

  private List<Service> only(Predicate<Service> rule) {
    return services().stream().filter(rule).collect(Collectors.toUnmodifiableList());
  }

  /** What the service runs with, or last ran with. */
  ObjectNode conf(Service service) {
    return Json.read(folder.conf(service));
  }

  boolean isConfigured() {
    return services().stream().allMatch(service -> Files.exists(folder.conf(service)));
  }

  String internalAddress(Service service) {
    return Addresses.internal(service, conf(service));
  }

  /** Where clients find the store, one address a front-end. */
  List<URI> publicAddresses() {
    return frontEnds().stream()
        .map(frontEnd -> Addresses.publicUri(conf(frontEnd)))
        .collect(Collectors.toUnmodifiableList());
  }

  /** Asks on the internal listener. */
  CompletableFuture<Probe.Answer> ask(Service service, String path, Duration limit) {
    URI address = Addresses.internalUri(service, conf(service));
    return probe().get(address, path, folder.readToken(), limit);
  }

  /** Asks a front-end what clients ask; they know no token. */
  CompletableFuture<Probe.Answer> askPublic(URI frontEnd, String path, Duration limit) {
    return probe().get(frontEnd, path, "", limit);
  }

  private synchronized Probe probe() {
    if (probe == null) {
      Set<Path> authorities = new TreeSet<>();
      for (Service service : services()) {
        for (String section : new String[] {"tls", "publicTls"}) {
          String authority = conf(service).path(section).path("authority").asText("");
          if (!authority.isEmpty()) {
            authorities.add(checkout.home().resolve(authority));
          }
        }
      }
      probe = new Probe(authorities);
    }
    return probe;
  }
}
