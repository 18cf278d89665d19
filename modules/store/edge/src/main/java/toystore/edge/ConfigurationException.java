package toystore.edge;

/** A key of the configuration is missing, wrong or unknown. The message begins with the key. */
public final class ConfigurationException extends StartException {
  private static final long serialVersionUID = 1;

  public ConfigurationException(String key, String problem) {
    super(key + ": " + problem);
  }
}
