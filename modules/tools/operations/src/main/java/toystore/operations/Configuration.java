package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * The configuration with which the services of one store run: the templates of conf/, with all that
 * they must agree on put in. What is not of the shape that it must have stays as it is: the service
 * refuses it by name. Owned by one thread; reads and writes no file.
 */
final class Configuration {
  private final Map<Service, ObjectNode> services = new LinkedHashMap<>();

  /**
   * Starts from the templates.
   *
   * @param templates one for each service, in starting order; those of further front-ends are the
   *     first's
   */
  Configuration(Map<Service, ObjectNode> templates) {
    templates.forEach((service, template) -> services.put(service, template.deepCopy()));
    services.forEach(this::numberFrontEnd);
  }

  private void numberFrontEnd(Service service, ObjectNode conf) {
    if (service.kind() == Service.ServiceKind.FRONT_END && service.id() > 1) {
      int further = service.id() - 1;
      conf.put("id", conf.path("id").asInt(1) + further);
      conf.put("port", conf.path("port").asInt() + further);
      conf.put("internalPort", conf.path("internalPort").asInt() + further);
    }
  }

  /** Gives each service its own folder, and all the same token. */
  Configuration in(StoreFolder folder) {
    services.forEach((service, conf) -> {
      if (conf.has("data")) {
        conf.put("data", folder.data(service).toString());
      }
      if (service.kind() != Service.ServiceKind.DATABASE) {
        conf.put("tokenFile", folder.token().toString());
      }
      if (service.kind() == Service.ServiceKind.DESK && hasOwnDatabase()) {
        conf.put("passwordFile", folder.databasePassword().toString());
      }
      if (service.kind() == Service.ServiceKind.FRONT_END && !conf.has("sharePort")) {
        conf.put("sharePort", true); // so that it can be restarted while another one serves
      }
    });
    return this;
  }

  Configuration withStock(int units) {
    withToys().forEach(conf -> conf.put("stock", units));
    return this;
  }

  /** Those that know the toys: a catalog, or desks. */
  private List<ObjectNode> withToys() {
    return services.entrySet().stream()
        .filter(each -> each.getKey().kind() == Service.ServiceKind.CATALOG
            || each.getKey().kind() == Service.ServiceKind.DESK)
        .map(Map.Entry::getValue)
        .toList();
  }

  private boolean hasOwnDatabase() {
    return services.containsKey(Service.DATABASE);
  }

  /** Has the desks use a database that is there. */
  Configuration with(GivenDatabase given) {
    for (Service desk : Service.desks()) {
      given.putInto(services.get(desk));
    }
    return this;
  }

  Configuration withCache(Optional<Boolean> enabled) {
    enabled.ifPresent(on -> frontEnds().values().stream()
        .filter(conf -> conf.path("cache").isObject() || !conf.has("cache"))
        .forEach(conf -> conf.withObject("/cache").put("enabled", on)));
    return this;
  }

  /** Moves every service to ports from there, and tells each where the others are now. */
  Configuration withPorts(IntSupplier freePorts) {
    services.forEach((service, conf) -> {
      conf.put("port", freePorts.getAsInt());
      if (service.kind() == Service.ServiceKind.FRONT_END) {
        conf.put("internalPort", freePorts.getAsInt());
      }
    });
    services.values().forEach(this::followMoves);
    return this;
  }

  private void followMoves(ObjectNode conf) {
    if (conf.has("catalog")) {
      conf.put("catalog", moved(conf.path("catalog"), Service.CATALOG));
    }
    followMoves(conf.path("peers"), Service::replica);
    followMoves(conf.path("replicas"), Service::replica);
    followMoves(conf.path("desks"), Service::desk);
    if (conf.has("database") && hasOwnDatabase()) {
      String url = conf.path("database").asText();
      int path = url.lastIndexOf('/');
      conf.put(
          "database",
          url.substring(0, url.lastIndexOf(':', path) + 1)
              + services.get(Service.DATABASE).path("port").asInt()
              + url.substring(path));
    }
  }

  private void followMoves(JsonNode list, IntFunction<Service> byId) {
    for (JsonNode peer : list) {
      if (peer instanceof ObjectNode one) {
        one.put("address", moved(one.path("address"), byId.apply(one.path("id").asInt())));
      }
    }
  }

  /** The same host, the port that the service has now. */
  private String moved(JsonNode address, Service service) {
    ObjectNode target = services.get(service);
    if (target == null) {
      throw new OperationFailed(
          "the configuration names " + service + ", which this store has not");
    }
    String text = address.asText();
    return text.substring(0, text.lastIndexOf(':') + 1) + target.path("port").asInt();
  }

  private Map<Service, ObjectNode> frontEnds() {
    Map<Service, ObjectNode> found = new LinkedHashMap<>(services);
    found.keySet().removeIf(service -> service.kind() != Service.ServiceKind.FRONT_END);
    return found;
  }

  int stock() {
    return withToys().get(0).path("stock").asInt();
  }

  Map<Service, ObjectNode> services() {
    return services;
  }
}
