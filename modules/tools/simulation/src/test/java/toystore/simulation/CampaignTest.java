package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import toystore.model.EngineName;
import toystore.replication.ReplicaCore;
import toystore.simulation.Campaign.CampaignResult;

class CampaignTest {
  @Test
  void anErrorOfAWorkerFailsTheCampaign() throws InterruptedException {
    Wiring endless = new Wiring() {
      @Override
      ReplicaCore core(Supplier<ReplicaCore> maker) {
        return core(maker);
      }
    };

    CampaignResult result =
        new Campaign(EngineName.PRIMARY_BACKUP, () -> endless, 7, 10).run(2, done -> {});

    assertNotNull(result.found());
    assertEquals(7, result.found().seed());
    assertInstanceOf(StackOverflowError.class, result.found().violation());
    assertFalse(result.allKept(10));
  }

  @Test
  void aScheduleThatDidNotRunKeptNoPromise() {
    assertTrue(new CampaignResult(10, 87, 9_000, 0, 0, null).allKept(10));
    assertFalse(new CampaignResult(9, 80, 8_000, 0, 0, null).allKept(10));
  }
}
