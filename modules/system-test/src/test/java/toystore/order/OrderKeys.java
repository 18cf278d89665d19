package toystore.order;

import io.vertx.core.json.JsonObject;
import java.util.List;
import toystore.edge.SettingKey;
import toystore.edge.Settings;

/** The keys that a replica reads of such a configuration. */
public final class OrderKeys {
  private OrderKeys() {}

  public static List<SettingKey> of(JsonObject json) {
    return of(json, new PrimaryBackupEngine());
  }

  public static List<SettingKey> of(JsonObject json, Engine engine) {
    Settings settings = Settings.of(json);
    OrderConfig.read(settings, engine);
    return settings.keys();
  }
}
