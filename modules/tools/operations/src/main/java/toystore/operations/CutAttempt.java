package toystore.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import toystore.backup.Export;
import toystore.backup.StoreCut;

/** Tries to write a cut until it is one. */
final class CutAttempt implements BooleanSupplier {
  private final StoreCut cut;
  private final Path file;
  private Optional<Export> export = Optional.empty();

  CutAttempt(StoreCut cut, Path file) {
    this.cut = cut;
    this.file = file;
  }

  @Override
  public boolean getAsBoolean() {
    try {
      export = cut.tryWrite(file);
      return export.isPresent();
    } catch (IOException e) {
      throw FileTrouble.failure("cannot write " + file, e);
    }
  }

  Export export() {
    return export.orElseThrow();
  }
}
