package toystore.command;

/**
 * Exit codes of all commands, part of their interface: one number means the same everywhere. A
 * command's help says which of them it has, and in its own words why.
 */
public enum ExitCode {
  GOOD(0, "done, and nothing is wrong"),
  /**
   * Of a command that acts, such as up: it failed. Of one that checks: what it checked is wrong.
   */
  BROKEN(1, "it failed and says why; or, of a command that checks, a promise was broken"),
  /**
   * Of the words alone: a file that is missing, or is not what it should be, is {@link #NOT_DONE}.
   */
  USAGE(2, "wrong usage"),
  /** No promise was broken. */
  NOT_GOOD(3, "done, but not all is good: requests failed, or a check did"),
  NOT_DONE(
      4, "it could not be done: no store started or answered, or a file was not read or written"),
  /** The number is that of BSD's EX_SOFTWARE. */
  BUG(70, "a bug in the command itself; it shows where"),
  /** The shell's 128 and the number of the signal, here and in the next. */
  INTERRUPTED(130, "interrupted (Ctrl-C)"),
  TERMINATED(143, "told to end (SIGTERM)");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  public int status() {
    return status;
  }

  /** For a person; of all commands, so a single one often knows better words. */
  public String meaning() {
    return meaning;
  }

  /** As picocli wants it in a list. */
  String key() {
    return Integer.toString(status);
  }
}
