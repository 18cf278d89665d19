package toystore.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Writes a {@link HistoryFile}, line by line. Owned by one thread. */
public final class HistoryWriter implements AutoCloseable {
  private final BufferedWriter writer;
  private long count;

  /** Begins the file, and replaces an older one. */
  public HistoryWriter(Path file, long ordersBefore, Collection<ToyStart> toys) throws IOException {
    writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    line(HistoryFile.headLine(ordersBefore));
    for (ToyStart toy : toys) {
      line(HistoryFile.line(toy));
    }
  }

  public static void write(Path file, History history) throws IOException {
    try (HistoryWriter writer =
        new HistoryWriter(file, history.ordersBefore(), history.toys().values())) {
      for (Operation operation : history.operations()) {
        writer.add(operation);
      }
      if (history.complete()) {
        writer.end();
      }
    }
  }

  public void add(Operation operation) throws IOException {
    line(HistoryFile.line(operation));
    count++;
  }

  /** Says that the history is complete: nothing that clients did is missing. */
  public void end() throws IOException {
    line(HistoryFile.endLine(count));
  }

  private void line(String text) throws IOException {
    writer.write(text);
    writer.write('\n');
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
