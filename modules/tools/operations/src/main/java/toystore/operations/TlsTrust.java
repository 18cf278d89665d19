package toystore.operations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom the commands believe when services use TLS. */
final class TlsTrust {
  private TlsTrust() {}

  /** A context that trusts exactly these authorities, PEM files. */
  static SSLContext in(Collection<Path> authorities) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Path authority : authorities) {
        try (InputStream pem = Files.newInputStream(authority)) {
          for (Certificate one :
              CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            store.setCertificateEntry("authority-" + store.size(), one);
          }
        }
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new OperationFailed("cannot use the certificates of " + authorities, e);
    }
  }
}
