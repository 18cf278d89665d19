package toystore.postgres;

import io.vertx.core.json.JsonObject;
import java.util.List;
import toystore.edge.SettingKey;
import toystore.edge.Settings;

/** The keys that a desk reads of such a configuration. */
public final class DeskKeys {
  private DeskKeys() {}

  public static List<SettingKey> of(JsonObject json) {
    Settings settings = Settings.of(json);
    DeskConfig.read(settings);
    return settings.keys();
  }
}
