package toystore.frontend;

import io.vertx.core.json.JsonObject;
import java.util.List;
import toystore.edge.SettingKey;
import toystore.edge.Settings;

/** The keys that a front-end reads of such a configuration. */
public final class FrontEndKeys {
  private FrontEndKeys() {}

  public static List<SettingKey> of(JsonObject json) {
    Settings settings = Settings.of(json);
    FrontEndConfig.of(settings);
    return settings.keys();
  }
}
