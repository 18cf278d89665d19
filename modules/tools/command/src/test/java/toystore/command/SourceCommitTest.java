package toystore.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCommitTest {
  private static final String ID = "0123456789012345678901234567890123456789";

  @TempDir
  private Path folder;

  @Test
  void aReleaseHasItInAFile() throws IOException {
    note(folder, ID + "\n");
    assertEquals(new SourceCommit(ID, false), SourceCommit.of(folder));
    note(folder, ID + "-dirty\n");
    assertEquals(new SourceCommit(ID, true), SourceCommit.of(folder));
  }

  @Test
  void aCopyThatDoesNotTellIsUnknown() throws IOException {
    SourceCommit unknown = new SourceCommit("unknown", false);
    assertEquals(unknown, SourceCommit.of(folder));
    note(folder, "\n");
    assertEquals(unknown, SourceCommit.of(folder), "built where there is no git");
  }

  @Test
  void aCheckoutIsAskedAndResultsAreNoChangeOfIt() throws Exception {
    String head = repository();
    assertEquals(new SourceCommit(head, false), SourceCommit.of(folder));
    Files.writeString(Files.createDirectory(folder.resolve("test-output")).resolve("run.md"), "x");
    assertEquals(new SourceCommit(head, false), SourceCommit.of(folder));
    Files.writeString(folder.resolve("Another.java"), "x");
    assertEquals(new SourceCommit(head, true), SourceCommit.of(folder));
  }

  @Test
  void aReleaseInSomebodyElsesRepositoryIsNotOfThatCommit() throws Exception {
    repository();
    Path release = Files.createDirectory(folder.resolve("toystore"));
    assertEquals(new SourceCommit("unknown", false), SourceCommit.of(release));
    note(release, ID);
    assertEquals(new SourceCommit(ID, false), SourceCommit.of(release));
  }

  private static void note(Path home, String text) throws IOException {
    Files.writeString(Files.createDirectories(home.resolve("lib")).resolve("commit"), text);
  }

  /** Makes the folder a repository with one commit, whose id it gives. */
  private String repository() throws IOException, InterruptedException {
    git("init", "-q");
    git(
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.com",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "first");
    return git("rev-parse", "HEAD");
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git;
    try {
      git = new ProcessBuilder(command).directory(folder.toFile()).start();
    } catch (IOException absent) {
      assumeTrue(false, "git is not installed");
      throw absent;
    }
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, git.waitFor());
    return answer;
  }
}
