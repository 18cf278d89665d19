package toystore.catalog;

import io.vertx.core.json.JsonObject;
import java.util.List;
import toystore.edge.SettingKey;
import toystore.edge.Settings;

/** The keys that the catalog reads of such a configuration. */
public final class CatalogKeys {
  private CatalogKeys() {}

  public static List<SettingKey> of(JsonObject json) {
    Settings settings = Settings.of(json);
    CatalogConfig.read(settings);
    return settings.keys();
  }
}
