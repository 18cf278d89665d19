package toystore.operations;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.model.EngineName;

/** Commands that are not for a store on PostgreSQL say so, and what to use instead. */
class DeskCommandsTest extends CommandCase {
  @BeforeEach
  void rememberDesks() {
    new StoreFolder(data())
        .remember(new Memory(EngineName.POSTGRES, OptionalInt.empty(), 1)
            .with(Optional.of(new GivenDatabase(
                "postgresql://a,b/c", Optional.empty(), Optional.empty(), "replicated"))));
  }

  @Test
  void whatIsOfReplicasOnlyNamesWhatToUseInstead() {
    check(
        row("backup HOME/b", 1, "see Backups in docs/postgres.md"),
        row("rebuild order-1", 1, "a store on PostgreSQL has no order replicas"),
        row("rebuild desk-1", 2, "all else is copied nowhere"),
        row("up --lab", 1, "kill, pause and start break desks"),
        row("up --engine raft", 1, "another --data folder for raft"),
        row("up --postgres postgresql://a/b --password-file HOME/none", 1, "cannot read HOME/none"),
        row("up --database-ca HOME/none", 1, "name it too"),
        row("orders --replica 1", 4, "HOME/data/order-1"),
        row("kill order-1", 2, "desk-1, desk-2, front-end"));
  }
}
