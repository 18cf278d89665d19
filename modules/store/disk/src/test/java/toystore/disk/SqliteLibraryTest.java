package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SqliteLibraryTest {
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void onUsualMachinesItIsUnpackedWithoutTheDriver() {
    boolean usual = !Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
        && !Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"));

    assertTrue(SqliteLibrary.load() == usual);
    assertNull(System.getProperty("org.sqlite.lib.path"));
    assertNull(System.getProperty("org.sqlite.lib.name"));
  }
}
