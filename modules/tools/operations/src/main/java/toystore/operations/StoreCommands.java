package toystore.operations;

import java.util.List;

/** The commands that run a store on this machine, for the program that has all commands. */
public final class StoreCommands {
  public static final List<Class<?>> ALL = List.of(
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ServiceCommand.Kill.class,
      ServiceCommand.Pause.class,
      ServiceCommand.Resume.class,
      ServiceCommand.Stop.class,
      ServiceCommand.Start.class,
      RestartCommand.class,
      AuditCommand.class,
      OrdersCommand.class,
      LogCommand.class,
      RebuildCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      LogsCommand.class,
      ConfigureCommand.class);

  private StoreCommands() {}
}
