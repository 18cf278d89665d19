package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.ServiceProbe.ProbeAnswer;

class ServiceProbeTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir
  Path folder;

  private final ServiceProbe probe = new ServiceProbe(List.of());

  @Test
  void anAnswerComesWithItsStatusAndBody() throws IOException {
    HttpServer server = HttpServer.create(anyPort(), 0);
    serve(server, 503);
    try {
      ProbeAnswer answer = get(probe, "http", server.getAddress().getPort(), LONG);

      assertEquals(503, answer.status());
      assertEquals("the-token", answer.body().path("token").asText());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whereNobodyListensItIsRefused() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertEquals(
        ProbeAnswer.ProbeOutcome.REFUSED, get(probe, "http", port, LONG).kind());
  }

  @Test
  void whoSaysNothingCostsOnlyTheLimit() throws IOException {
    try (ServerSocket hung = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProbeAnswer answer = get(probe, "http", hung.getLocalPort(), Duration.ofMillis(100));

      assertEquals(ProbeAnswer.ProbeOutcome.SILENT, answer.kind());
    }
  }

  @Test
  void aCertificateIsBelievedOnlyFromAnAuthorityThatIsNamed() throws Exception {
    Path authority = makeCertificate();
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
    serve(server, 200);
    try {
      int port = server.getAddress().getPort();

      assertTrue(get(new ServiceProbe(List.of(authority)), "https", port, LONG).isOk());
      assertEquals(
          ProbeAnswer.ProbeOutcome.SILENT, get(probe, "https", port, LONG).kind());
    } finally {
      server.stop(0);
    }
  }

  private static ProbeAnswer get(ServiceProbe probe, String scheme, int port, Duration limit) {
    return probe
        .get(URI.create(scheme + "://127.0.0.1:" + port), "/state", "the-token", limit)
        .join();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void serve(HttpServer server, int status) {
    server.createContext("/state", exchange -> {
      String token = exchange.getRequestHeaders().getFirst("Toystore-Token");
      byte[] body = ("{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  /** A key pair for this machine in {@code keys.p12}, and its certificate as PEM. */
  private Path makeCertificate() throws IOException, InterruptedException {
    Path pem = folder.resolve("certificate.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-alias", "a", "-file", pem.toString());
    return pem;
  }

  private void keytool(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("-keystore", keys().toString(), "-storepass", new String(PASSWORD)));
    assertEquals(
        0,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start()
            .waitFor());
  }

  private Path keys() {
    return folder.resolve("keys.p12");
  }

  private SSLContext serverContext() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys())) {
      store.load(file, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
