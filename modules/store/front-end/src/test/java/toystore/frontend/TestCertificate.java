package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key pair of this machine's loopback address, for one test. */
final class TestCertificate {
  private static final String PASSWORD = "password";
  private static final String ALIAS = "toys";

  private final Path folder;
  private final KeyStore pair;

  TestCertificate(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    this.folder = folder;
    Path file = folder.resolve("keys.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-dname",
            "CN=test",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("keytool.log").toFile())
        .start();
    assertEquals(0, keytool.waitFor());
    pair = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      pair.load(in, PASSWORD.toCharArray());
    }
  }

  /** The section of a configuration that names its files. */
  JsonObject section() throws IOException, GeneralSecurityException {
    Path certificate = pem("CERTIFICATE", pair.getCertificate(ALIAS).getEncoded());
    Path key = pem("PRIVATE KEY", pair.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    return new JsonObject().put("certificate", certificate.toString()).put("key", key.toString());
  }

  private Path pem(String what, byte[] der) throws IOException {
    String text = "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END " + what + "-----\n";
    return Files.writeString(folder.resolve(what.replace(' ', '-') + ".pem"), text);
  }

  Socket connect(int port) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, pair.getCertificate(ALIAS));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory().createSocket("127.0.0.1", port);
  }
}
