package toystore.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.OptionValues;

/** Which database a store on PostgreSQL uses in place of one of its own. */
final class DatabaseOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description = {
        "With the engine postgres, use this database in place of one of the store's own, as in",
        "postgresql://user@host,host,host/name. Remembered."
      })
  private String postgres;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password of that database's user, alone in a file.")
  private Path passwordFile;

  @Option(
      names = "--database-ca",
      paramLabel = "FILE",
      description = "PEM file of the authority to trust: the connections to that database are TLS,"
          + " and its certificate must be of the host in URL. Default: connections in clear text.")
  private Path authority;

  @Option(
      names = "--durability",
      paramLabel = "WORD",
      description = "What that database must make sure of: replicated, or single, where one machine"
          + " is enough. Default: replicated.")
  private String durability;

  /** Empty where nothing was said. */
  Optional<GivenDatabase> value() {
    OptionValues values = new OptionValues(spec);
    if (durability != null && !List.of("replicated", "single").contains(durability)) {
      throw values.wrong("--durability", durability, "replicated or single");
    }
    if (postgres != null && !postgres.matches("postgres(ql)?://[^/]+/[^/]+")) {
      throw values.wrong("--postgres", postgres, "a URL, as postgresql://user@host,host/name");
    }
    if (postgres == null && (passwordFile != null || authority != null || durability != null)) {
      throw new OperationFailed("--password-file, --database-ca and --durability are about the"
          + " database of --postgres: name it too");
    }
    for (Path file : Stream.of(passwordFile, authority).filter(Objects::nonNull).toList()) {
      if (!Files.isReadable(file)) {
        throw new OperationFailed("cannot read " + file);
      }
    }
    return Optional.ofNullable(postgres)
        .map(url -> new GivenDatabase(
            url,
            absolute(passwordFile),
            absolute(authority),
            durability == null ? "replicated" : durability));
  }

  private static Optional<Path> absolute(Path file) {
    return Optional.ofNullable(file).map(one -> one.toAbsolutePath().normalize());
  }
}
