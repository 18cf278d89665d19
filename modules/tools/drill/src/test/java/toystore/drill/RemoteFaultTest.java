package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.operations.FaultCommand.FaultRequest;

class RemoteFaultTest {
  @Test
  void eachServiceSuffersEachFaultBeforeTheNextServiceDoes() {
    List<RemoteFault> faults = RemoteFault.all(
        List.of(FaultRequest.KILL, FaultRequest.CUT), List.of("catalog", "order-1"));

    assertEquals("[kill catalog, cut catalog, kill order-1, cut order-1]", faults.toString());
  }

  @Test
  void aFrontEndExcusesWhatItWasAskedAndNotWhatTheOtherWas() {
    RemoteFault first = new RemoteFault(FaultRequest.CUT, "front-end");
    RemoteFault second = new RemoteFault(FaultRequest.KILL, "front-end-2");

    assertEquals(AllowedFailures.FRONT_END, first.excuse(0));
    assertEquals(AllowedFailures.NONE, first.excuse(1));
    assertEquals(AllowedFailures.NONE, second.excuse(0));
    assertEquals(AllowedFailures.FRONT_END, second.excuse(1));
  }

  @Test
  void aReplicaExcusesNothingAndNeitherDoesAServiceThatIsSlow() {
    assertEquals(AllowedFailures.NONE, new RemoteFault(FaultRequest.DEAFEN, "order-3").excuse(0));
    assertEquals(AllowedFailures.NONE, new RemoteFault(FaultRequest.SLOW, "catalog").excuse(0));
    assertEquals(AllowedFailures.NONE, new RemoteFault(FaultRequest.SLOW, "front-end").excuse(0));
    assertEquals(AllowedFailures.CATALOG, new RemoteFault(FaultRequest.MUTE, "catalog").excuse(1));
  }

  @Test
  void aDatabaseThatIsAwayExcusesAllAndADeskNothing() {
    assertEquals(AllowedFailures.DATABASE, RemoteFault.of("cut:primary").excuse(0));
    assertEquals(AllowedFailures.DATABASE, RemoteFault.of("pause:standby").excuse(0));
    assertEquals(AllowedFailures.NONE, RemoteFault.of("pause:desk").excuse(0));
  }

  @Test
  void whatIsUnknownIsNamed() {
    String action = assertThrows(IllegalArgumentException.class, () -> RemoteFault.of("stop:desk"))
        .getMessage();
    String service = assertThrows(IllegalArgumentException.class, () -> RemoteFault.of("kill:us"))
        .getMessage();

    assertTrue(action.startsWith("'stop' is not kill"), action);
    assertTrue(service.startsWith("'us' is not catalog"), service);
  }

  @Test
  void whatIsDoneCanBeUndone() {
    assertEquals(FaultRequest.START, FaultRequest.KILL.undo());
    assertEquals(FaultRequest.RESUME, FaultRequest.PAUSE.undo());
    assertEquals(FaultRequest.HEAL, FaultRequest.CUT.undo());
  }
}
