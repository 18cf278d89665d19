package toystore.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes the data folders of a store from an export. */
public final class NewStore {
  private NewStore() {}

  /** The engine that an export was made from; nothing else of it is read. */
  public static String engineOf(Path export) throws IOException {
    try (InputStream in = Files.newInputStream(export)) {
      return new ExportReader(in, export.toString(), ExportSink.NONE).readHead().engine();
    }
  }

  /**
   * Reads an export, a line at a time, for one who makes a store of it elsewhere.
   *
   * @param taker what it got counts only when this has returned
   * @throws ArchiveFailed when the export is wrong
   */
  public static Export read(Path export, ExportSink taker) throws IOException {
    try (InputStream in = Files.newInputStream(export)) {
      return new ExportReader(in, export.toString(), taker).read();
    }
  }

  /**
   * Makes them, and reads them again as the services will.
   *
   * @param export is read once, a line at a time, and checked
   * @param root gets a folder for the catalog and one for each replica; it has none of them
   * @param names of the replicas
   * @param engine of the new store, whatever the old one was
   * @throws ArchiveFailed when the export is wrong; then what is in {@code root} is no store
   * @throws toystore.disk.DataFolderException when the folders cannot be written
   */
  public static Export make(Path export, Path root, List<String> names, ReplicaMaking engine)
      throws IOException {
    StoreMaker maker = new StoreMaker(root, names, engine);
    Export made;
    try (maker;
        InputStream in = Files.newInputStream(export)) {
      made = new ExportReader(in, export.toString(), maker).read();
    }
    maker.demandWhole(made.end());
    return made;
  }

  /**
   * Makes them of orders that nobody bought. What was made is not read again: whoever makes so many
   * that it matters has the services read them.
   *
   * @param root gets a folder for the catalog and one for each replica; it has none of them
   * @param names of the replicas
   */
  public static void makeUp(
      MadeUpOrders orders, String engine, Path root, List<String> names, ReplicaMaking making) {
    try (StoreMaker maker = new StoreMaker(root, names, making)) {
      orders.tell(engine, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), maker);
    }
  }
}
