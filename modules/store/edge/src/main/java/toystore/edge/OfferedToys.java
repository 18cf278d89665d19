package toystore.edge;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import toystore.model.ToyName;
import toystore.stock.PricedToy;

/** Reads which toys are on offer, at which prices, in which order. */
public final class OfferedToys {
  private OfferedToys() {}

  /**
   * Reads the toys of the file that a key names.
   *
   * @return at least one, no two of one name
   * @throws ConfigurationException naming the key, and what is wrong
   */
  public static List<PricedToy> read(Settings settings, String key) {
    Path file = settings.path(key);
    Settings list = Settings.of(new JsonObject());
    List<PricedToy> toys = new ArrayList<>();
    try {
      // One at a time: a million of them as JSON are half a gigabyte.
      ConfigurationFile.list(file, item -> toys.add(readToy(list.item("toys", toys.size(), item))));
      refuseTwins(key, toys);
      return toys;
    } catch (ConfigurationException e) {
      throw new ConfigurationException(key, "in " + file + ": " + e.getMessage());
    } catch (StartException e) {
      throw new ConfigurationException(key, e.getMessage());
    }
  }

  private static PricedToy readToy(Settings entry) {
    String name = entry.text("name");
    Optional<String> problem = ToyName.problem(name);
    if (problem.isPresent()) {
      throw entry.wrong("name", problem.get(), name);
    }
    try {
      PricedToy toy = new PricedToy(name, entry.hundredths("price"));
      entry.refuseUnknown();
      return toy;
    } catch (ConfigurationException e) {
      throw new ConfigurationException(name, e.getMessage());
    }
  }

  private static void refuseTwins(String key, List<PricedToy> toys) {
    Set<String> names = new HashSet<>();
    List<String> twins = new ArrayList<>();
    toys.stream().map(PricedToy::name).filter(name -> !names.add(name)).forEach(twins::add);
    if (toys.isEmpty() || !twins.isEmpty()) {
      String problem = toys.isEmpty() ? "no toy" : "more than one toy named " + twins.get(0);
      throw new ConfigurationException(key, problem);
    }
  }
}
