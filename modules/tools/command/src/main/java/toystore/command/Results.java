package toystore.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output of a command. Java's own forgets why a write failed, and that matters: a reader
 * that has seen enough, as of {@code | head}, is no failure; a full disk is, for results are lost.
 */
final class Results extends OutputStream {
  private final OutputStream target;
  private IOException failure;

  Results(OutputStream target) {
    this.target = target;
  }

  static Results ofProcess() {
    return new Results(new FileOutputStream(FileDescriptor.out));
  }

  /** Why results were lost; null if none were, or nobody wanted more of them. */
  IOException loss() {
    boolean unwanted = failure != null
        && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    return unwanted ? null : failure;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one});
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      target.write(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
