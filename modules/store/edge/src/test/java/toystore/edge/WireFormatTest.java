package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.model.EngineName;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages;
import toystore.replication.Message;

class WireFormatTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"key\":\"k\",\"name\":\"Tux\"}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":null}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":\"1\"}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":1.5}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":true}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":30000000000}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":0}",
        "{\"key\":\"k\",\"name\":7,\"quantity\":1}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":1,\"quantity\":2}",
        "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":1} x"
      })
  void whatDoesNotFitIsABadRequest(String json) {
    StoreException refusal = assertThrows(
        StoreException.class, () -> WireFormat.decode(Buffer.buffer(json), PurchaseRequest.class));

    assertEquals(StoreError.BAD_REQUEST, refusal.error());
  }

  @Test
  void aNewerSendersExtraFieldIsPassedOver() {
    String json = "{\"key\":\"k\",\"name\":\"Tux\",\"quantity\":1,\"colour\":\"blue\"}";

    assertEquals(
        new PurchaseRequest("k", "Tux", 1),
        WireFormat.decode(Buffer.buffer(json), PurchaseRequest.class));
  }

  @Test
  void aRecordComesBackAsItWas() {
    var outcomes = new OrderMessages.BuyOutcomes(List.of(
        OrderMessages.BuyOutcome.ordered(7),
        OrderMessages.BuyOutcome.failed(StoreError.OUT_OF_STOCK, "only 3")));

    assertEquals(
        outcomes, WireFormat.decode(WireFormat.encode(outcomes), OrderMessages.BuyOutcomes.class));
  }

  @Test
  void aMessageIsKnownByItsType() {
    MessageFormat format = new MessageFormat(List.of(Ping.class, Pong.class));
    Message ping = new Ping(1, 2, 7);

    assertEquals(ping, format.decode(format.encode(ping)));
    assertEquals(
        "{\"type\":\"Ping\",\"from\":1,\"to\":2,\"round\":7}",
        format.encode(ping).toString());
    assertThrows(
        StoreException.class,
        () -> format.decode(Buffer.buffer("{\"type\":\"Pang\",\"from\":1,\"to\":2}")));
  }

  record Ping(int from, int to, long round) implements Message {
    @Override
    public boolean isReply() {
      return false;
    }
  }

  record Pong(int from, int to) implements Message {
    @Override
    public boolean isReply() {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({"primary-backup, false", "raft, true"})
  void theHealthOfAReplicaThatDoesNotSayWhetherItElectsIsUnderstood(String engine, boolean elects) {
    assertEquals(elects, health(engine, "").elects());
  }

  @Test
  void theHealthOfAnEngineThatCameLaterIsUnderstood() {
    assertEquals(true, health("paper", "\"elects\":true,").elects());
    assertEquals(false, health("paper", "\"elects\":false,").elects());
    assertThrows(StoreException.class, () -> health("paper", ""));
  }

  @Test
  void aReplicaSaysWhetherItElects() {
    ReplicaHealth health = ReplicaHealth.of(1, EngineName.RAFT, Role.FOLLOWER).build();

    Buffer json = WireFormat.encode(health);

    assertTrue(json.toString().contains("\"elects\":true"), json.toString());
    assertEquals(health, WireFormat.decode(json, ReplicaHealth.class));
  }

  private static ReplicaHealth health(String engine, String field) {
    String json = "{\"service\":\"order-1\",\"id\":1,\"engine\":\"" + engine + "\"," + field
        + "\"role\":\"FOLLOWER\",\"promised\":0,\"leader\":0,\"lastEpoch\":0,\"lastIndex\":0,"
        + "\"committed\":0,\"eligible\":true,\"diskStuck\":false,\"ready\":false,"
        + "\"serving\":false,\"trouble\":null,\"catalogClockMs\":0}";
    return WireFormat.decode(Buffer.buffer(json), ReplicaHealth.class);
  }
}
