package toystore.edge;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates of a listener and of those who call it, as PEM files.
 *
 * @param certificate the listener's certificate chain
 * @param key its private key
 * @param authority whom callers trust; empty for those the Java runtime trusts
 */
public record Tls(Path certificate, Path key, Optional<Path> authority) {

  /** Reads a section such as {@code "tls":{"certificate":...,"key":...,"authority":...}}. */
  public static Optional<Tls> read(Settings settings, String key) {
    return settings.section(key).map(Tls::read);
  }

  private static Tls read(Settings section) {
    Path certificate = file(section, "certificate");
    Path key = file(section, "key");
    Optional<Path> authority =
        section.has("authority") ? Optional.of(file(section, "authority")) : Optional.empty();
    section.refuseUnknown();
    return new Tls(certificate, key, authority);
  }

  private static Path file(Settings section, String key) {
    Path file = section.path(key);
    if (!Files.isReadable(file)) {
      throw section.wrong(key, "must be a readable file", file);
    }
    return file;
  }

  public void applyTo(HttpServerOptions options) {
    options
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString()));
  }

  void applyTo(HttpClientOptions options) {
    options.setSsl(true).setVerifyHost(true);
    authority.ifPresent(
        path -> options.setTrustOptions(new PemTrustOptions().addCertPath(path.toString())));
  }
}
