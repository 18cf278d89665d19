package toystore.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The commit that a copy of the project is of.
 *
 * @param id of the commit; "unknown" in a copy that does not tell
 * @param changed whether the copy had other changes than results
 */
record SourceCommit(String id, boolean changed) {
  private static final SourceCommit UNKNOWN = new SourceCommit("unknown", false);
  private static final String CHANGED = "-dirty";
  private static final long GIT_LIMIT_SECONDS = 10;

  /**
   * The commit of this copy. A checkout is asked by git, a release has it in a file. Git looks in
   * the folders above too: a copy without history that lies in somebody else's repository must not
   * be taken for a commit of that.
   *
   * @param home the folder that has bin/toystore
   * @throws IOException when the file of a release cannot be read
   */
  static SourceCommit of(Path home) throws IOException {
    if (Files.exists(home.resolve(".git"))) {
      // Results are written into test-output, and are no change of what is measured.
      Optional<String> changes = git(home, "status", "--porcelain", "--", ".", ":!test-output");
      return git(home, "rev-parse", "HEAD")
          .map(id -> new SourceCommit(id, changes.map(text -> !text.isEmpty()).orElse(false)))
          .orElse(UNKNOWN);
    }
    Path noted = home.resolve("lib").resolve("commit");
    return Files.exists(noted) ? noted(Files.readString(noted).strip()) : UNKNOWN;
  }

  /** As the build of a release writes it; empty where the build found no git. */
  private static SourceCommit noted(String text) {
    if (text.isEmpty()) {
      return UNKNOWN;
    }
    return text.endsWith(CHANGED)
        ? new SourceCommit(text.substring(0, text.length() - CHANGED.length()), true)
        : new SourceCommit(text, false);
  }

  private static Optional<String> git(Path home, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git;
    try {
      git = new ProcessBuilder(command)
          .directory(home.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException absent) {
      return Optional.empty(); // No git on this machine.
    }
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      boolean ended = git.waitFor(GIT_LIMIT_SECONDS, TimeUnit.SECONDS);
      return ended && git.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
