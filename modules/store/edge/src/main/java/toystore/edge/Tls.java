package toystore.edge;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Certificates of a listener and of those who call it, as PEM files.
 *
 * @param certificate the listener's certificate chain
 * @param key its private key
 * @param authority whom callers trust; empty for those the Java runtime trusts
 */
public record Tls(Path certificate, Path key, Optional<Path> authority) {
  private static final Pattern BEGIN_CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----");
  private static final Pattern BEGIN_KEY =
      Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----");

  /** Reads a section such as {@code "tls":{"certificate":...,"key":...,"authority":...}}. */
  public static Optional<Tls> read(Settings settings, String key) {
    return settings.section(key).map(Tls::read);
  }

  private static Tls read(Settings section) {
    Path certificate = certificates(section, "certificate");
    Path key = privateKey(section, "key");
    Optional<Path> authority = section.has("authority")
        ? Optional.of(certificates(section, "authority"))
        : Optional.empty();
    section.refuseUnknown();
    return new Tls(certificate, key, authority);
  }

  private static Path certificates(Settings section, String key) {
    return file(
        section, key, "certificates", text -> BEGIN_CERTIFICATE.matcher(text).find());
  }

  private static Path privateKey(Settings section, String key) {
    return file(section, key, "a private key", text -> BEGIN_KEY.matcher(text).find());
  }

  /** What cannot be read here would be a failure to listen, which does not say whose file it is. */
  private static Path file(Settings section, String key, String what, Predicate<String> hasIt) {
    Path file = section.path(key);
    try {
      if (hasIt.test(Files.readString(file, StandardCharsets.ISO_8859_1))) {
        return file;
      }
    } catch (IOException e) {
      // Said below: the file and the key are what a person needs to know.
    }
    throw section.wrong(key, "must be a readable file with " + what + " in PEM", file);
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
