package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The long walk through all crash points is no part of each build; that they are there is. */
class CrashBuildTest {
  @TempDir
  Path folder;

  @Test
  void everyPlaceWhereAServiceMayDieIsFoundInTheSources() throws IOException {
    Path lib = CrashBuild.make(folder.resolve("lib"), List.of("before-buy"));

    assertTrue(Files.exists(lib.resolve("crash-points.txt")));
  }
}
