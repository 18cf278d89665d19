package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A checkout whose bin/vertx runs {@link FakeService}. */
final class FakeInstallation {
  private FakeInstallation() {}

  static Installation in(Path home) throws IOException {
    Installation checkout = new Installation(home);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    write(
        checkout.vertx(),
        "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
            + System.getProperty("java.class.path") + "' " + FakeService.class.getName()
            + " \"$@\"\n");
    Files.setPosixFilePermissions(checkout.vertx(), PosixFilePermissions.fromString("rwxr-xr-x"));
    write(checkout.home().resolve("modules/distribution/target/lib/some.jar"), "jar");
    writeConf(checkout.conf(), "");
    return checkout;
  }

  private static void writeConf(Path conf, String prefix) throws IOException {
    write(conf.resolve("catalog.json"), CATALOG);
    for (int id = 1; id <= Service.REPLICAS; id++) {
      write(conf.resolve(prefix + "order-" + id + ".json"), replica(id));
    }
    write(conf.resolve("front-end.json"), FRONT_END);
  }

  static final String CATALOG =
      "{'host':'127.0.0.1','port':8190,'data':'data/catalog','tokenFile':'data/token','stock':100}";

  static final String FRONT_END =
      "{'id':1,'host':'127.0.0.1','port':8080,'internalHost':'127.0.0.1','internalPort':8180,'sharePort':false,"
          + "'tokenFile':'data/token','catalog':'127.0.0.1:8190','engine':'primary-backup','replicas':["
          + "{'id':1,'address':'127.0.0.1:8201'},{'id':2,'address':'127.0.0.1:8202'},"
          + "{'id':3,'address':'127.0.0.1:8203'}],'cache':{'enabled':true,'capacity':10}}";

  static String replica(int id) {
    int first = id == 1 ? 2 : 1;
    int second = id == 3 ? 2 : 3;
    return "{'id':" + id + ",'host':'127.0.0.1','port':" + (8200 + id) + ",'data':'data/order-" + id
        + "','tokenFile':'data/token','catalog':'127.0.0.1:8190','peers':["
        + "{'id':" + first + ",'address':'127.0.0.1:" + (8200 + first) + "'},"
        + "{'id':" + second + ",'address':'127.0.0.1:" + (8200 + second) + "'}]}";
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.startsWith("{") ? text.replace('\'', '"') : text);
  }
}
