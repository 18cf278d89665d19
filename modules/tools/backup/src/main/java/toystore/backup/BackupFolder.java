package toystore.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import toystore.backup.Manifest.StoredFile;

/** A backup: an export, and a manifest that says what it is. */
public final class BackupFolder {
  static final String STORE = "store.jsonl";
  static final String MANIFEST = "manifest.json";

  private static final int BUFFER_BYTES = 1 << 16;
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(SerializationFeature.INDENT_OUTPUT)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private final Path folder;
  private final Manifest manifest;

  private BackupFolder(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens a backup, and demands that its files are those that were written. Takes its time.
   *
   * @throws ArchiveFailed when it is none, or has changed, or is of a newer program
   */
  public static BackupFolder open(Path folder) throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (!Files.exists(file)) {
      throw new ArchiveFailed(folder + " is no backup: it has no " + MANIFEST);
    }
    Manifest manifest;
    try {
      manifest = MAPPER.readValue(Files.readAllBytes(file), Manifest.class);
    } catch (JsonProcessingException e) {
      throw new ArchiveFailed(file + " is no manifest: " + e.getOriginalMessage(), e);
    }
    BackupFolder backup = new BackupFolder(folder, manifest);
    backup.demandKnown();
    backup.demandUnchanged();
    return backup;
  }

  private void demandKnown() {
    if (manifest == null || !Manifest.FORMAT.equals(manifest.format())) {
      throw new ArchiveFailed(folder + " is no backup of a toystore");
    }
    if (manifest.version() > Manifest.VERSION) {
      throw new ArchiveFailed(folder + " has version " + manifest.version()
          + " of the format, from toystore " + manifest.program() + "; this program knows version "
          + Manifest.VERSION + ": use the newer program");
    }
    if (manifest.files() == null
        || manifest.files().stream().noneMatch(file -> STORE.equals(file.name()))) {
      throw new ArchiveFailed("the manifest of " + folder + " does not name " + STORE);
    }
  }

  private void demandUnchanged() throws IOException {
    for (StoredFile stored : manifest.files()) {
      Path file = folder.resolve(stored.name());
      if (!Files.exists(file)) {
        throw new ArchiveFailed(file + " is missing, and the manifest names it");
      }
      StoredFile found = describe(file);
      if (!found.equals(stored)) {
        throw new ArchiveFailed(file + " is not as it was written: the manifest says "
            + stored.bytes() + " bytes, sha256 " + stored.sha256() + ", and there are "
            + found.bytes() + ", " + found.sha256());
      }
    }
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The export in it. */
  public Path store() {
    return folder.resolve(STORE);
  }

  static StoredFile describe(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long bytes = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      return new StoredFile(file.getFileName().toString(), bytes, sha256);
    }
  }

  static void write(Path folder, Manifest manifest) throws IOException {
    Files.writeString(folder.resolve(MANIFEST), MAPPER.writeValueAsString(manifest) + "\n");
  }
}
