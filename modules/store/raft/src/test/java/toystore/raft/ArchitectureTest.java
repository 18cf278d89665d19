package toystore.raft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The core has no clock, disk, network, thread or unseeded chance. */
class ArchitectureTest {
  private static final String PURE = "toystore.raft.(RaftCore|Standing|Election|Following"
      + "|Leadership|Replicator|PeerProgress|SnapshotTransfer|ReadRounds|Handover|Rebuild|RaftLog"
      + "|Outbox|Rule|RaftOptions|Restored|SnapshotChunk|RaftInput|RaftCommand|RaftMessage)"
      + "(\\$.*)?";

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("toystore.raft");

  @Test
  void theCoreIsPure() {
    noClasses()
        .that()
        .haveNameMatching(PURE)
        .should()
        .dependOnClassesThat()
        .haveNameMatching("(io\\.vertx\\.|java\\.util\\.concurrent\\.|java\\.time\\.Clock"
            + "|java\\.io\\.|java\\.nio\\.|java\\.sql\\.|java\\.net\\.|org\\.slf4j\\.).*")
        .check(CLASSES);
  }

  @Test
  void theCoreReadsNoClock() {
    noClasses()
        .that()
        .haveNameMatching(PURE)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }
}
