package toystore.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Set;

/** The secret that the services of one store share. It never shows itself. */
public final class Token {
  /** Carries the token in calls between services. */
  public static final String HEADER = "Toystore-Token";

  private static final int MIN_LENGTH = 16;
  private static final int ROOT = 0;
  private static final Set<PosixFilePermission> TOO_OPEN = Set.of(
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.OTHERS_WRITE);

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /** A token from its text, for tests and tools. */
  public static Token of(String text) {
    if (text.length() < MIN_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "a token has at least " + MIN_LENGTH + " visible ASCII characters");
    }
    return new Token(text);
  }

  /**
   * Reads the file that a configuration names.
   *
   * @throws ConfigurationException when it is missing, too short, or others may read it
   */
  public static Token read(Settings settings, String key) {
    Path file = settings.path(key);
    try {
      if (isTooOpen(Files.getPosixFilePermissions(file), ownerId(file))) {
        throw settings.wrong(key, "must be readable by its owner only", file);
      }
      return of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          key,
          "must be a file with the store's token, was " + file + ", which is missing: "
              + howTo(file));
    } catch (IOException e) {
      throw settings.wrong(key, "must be a readable file with the store's token", file);
    } catch (IllegalArgumentException e) {
      throw settings.wrong(key, "holds no token: " + e.getMessage(), file);
    }
  }

  /**
   * Whether others could read the secret. A file of root may be readable by its group: so an
   * administrator gives a secret to a service that must not change it, and so Kubernetes mounts it.
   */
  static boolean isTooOpen(Set<PosixFilePermission> permissions, int ownerId) {
    return permissions.stream()
        .filter(permission -> ownerId != ROOT || permission != PosixFilePermission.GROUP_READ)
        .anyMatch(TOO_OPEN::contains);
  }

  private static int ownerId(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }

  /** For who starts a service by hand, in a checkout where no store was ever started. */
  private static String howTo(Path file) {
    Path absolute = file.toAbsolutePath();
    return "bin/toystore up makes it; by hand: (umask 077; mkdir -p '" + absolute.getParent()
        + "' && od -An -vtx1 -N32 /dev/urandom | tr -d ' \\n' >'" + absolute + "')";
  }

  /** Whether this text is the token; takes as long for every text of one length. */
  boolean matches(String candidate) {
    return candidate != null
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "Token[hidden]";
  }
}
