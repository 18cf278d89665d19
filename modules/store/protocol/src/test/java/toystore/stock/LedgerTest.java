package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;

class LedgerTest {
  private static final int STEP = 4;

  private final Sealed older = new Sealed();
  private Ledger ledger = new Ledger(7, older);

  /** Older rows, told one by one. */
  private static final class Sealed implements OlderRows {
    private final List<LedgerRow> rows = new ArrayList<>();

    @Override
    public int count() {
      return rows.size();
    }

    @Override
    public int step() {
      return STEP;
    }

    @Override
    public OlderRow find(String key) {
      for (int row = 0; row < rows.size(); row++) {
        if (rows.get(row).key().equals(key)) {
          return new OlderRow(row, rows.get(row));
        }
      }
      return null;
    }
  }

  private static PurchaseRequest request(int key) {
    return new PurchaseRequest("k" + key, toy(key), 1 + key % 3);
  }

  private static String toy(int key) {
    return "toy-" + toyPosition(key);
  }

  private static int toyPosition(int key) {
    return key % 5 == 0 ? 1_000_000 : key % 5;
  }

  private static LedgerRow row(int key, LedgerState state) {
    return new LedgerRow("k" + key, toy(key), 1 + key % 3, state);
  }

  private void hold(int from, int to) {
    for (int key = from; key < to; key++) {
      ledger.add(row(key, LedgerState.HELD), toyPosition(key), 0);
    }
  }

  private void settle(int from, int to, long writeId) {
    for (int key = from; key < to; key++) {
      ledger.settle("k" + key, writeId);
    }
  }

  private void seal() {
    for (int i = 0; i < STEP; i++) {
      older.rows.add(row(older.count(), LedgerState.SOLD));
    }
    ledger.sealNext(Long.MIN_VALUE);
  }

  @Test
  void aStepIsSealedOnceItIsFullAndSoldAndDurable() {
    hold(0, STEP - 1);
    settle(0, STEP - 1, 1);
    assertEquals(Ledger.ABSENT, ledger.sealNext(9));
    hold(STEP - 1, STEP + 1);
    assertEquals(Ledger.ABSENT, ledger.sealNext(9));
    settle(STEP - 1, STEP, 10);
    assertEquals(Ledger.ABSENT, ledger.sealNext(9));

    assertEquals(STEP, ledger.sealNext(10));
  }

  @Test
  void aStepIsAskedForOnce() {
    hold(0, STEP);
    settle(0, STEP, 1);

    assertEquals(STEP, ledger.sealNext(1));
    assertEquals(Ledger.ABSENT, ledger.sealNext(1));
    seal();
    assertEquals(Ledger.ABSENT, ledger.sealNext(1));
  }

  @Test
  void behindAHoldNothingIsSealed() {
    hold(0, 3 * STEP);
    settle(1, 3 * STEP, 1);
    assertEquals(Ledger.ABSENT, ledger.sealNext(1));

    settle(0, 1, 2);

    for (int step = 1; step <= 3; step++) {
      assertEquals(step * STEP, ledger.sealNext(2));
      seal();
    }
  }

  @Test
  void whatIsSealedLeavesMemory() {
    long before = ledger.bytes();
    hold(0, STEP);
    settle(0, STEP, 1);
    ledger.sealNext(1);

    seal();

    assertEquals(before, ledger.bytes());
    assertEquals(STEP, ledger.size());
    assertEquals(
        new Ledger.Decided(0, ReserveOutcome.HELD), ledger.find(request(0), toyPosition(0)));
    assertEquals(Ledger.ABSENT, ledger.settle("k0", 2));
  }

  @Test
  void stepsThatLeaveTakeTheirMemoryWithThem() {
    long empty = ledger.bytes();
    hold(0, 3 * STEP + 1);
    settle(0, 3 * STEP + 1, 1);
    long all = ledger.bytes();
    ledger.sealNext(1);

    seal();

    assertEquals(all - empty, ledger.bytes());
    ledger.sealNext(1);
    seal();
    ledger.sealNext(1);
    seal();
    assertEquals(empty, ledger.bytes());
  }

  /** With rows that leave memory, and without: nobody sees a difference. */
  @Test
  void aLedgerThatSealsSaysWhatOneSaysThatNeverDoes() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      older.rows.clear();
      ledger = new Ledger(seed, older);
      Ledger other = new Ledger(seed, OlderRows.NONE);
      long durable = 0;
      for (int act = 0; act < 300; act++) {
        int key = random.nextInt(1 + ledger.size() + 2);
        switch (random.nextInt(4)) {
          case 0 -> {
            LedgerRow next = row(other.size(), LedgerState.HELD);
            assertEquals(
                other.add(next, toyPosition(other.size()), act),
                ledger.add(next, toyPosition(ledger.size()), act));
          }
          case 1 -> assertEquals(other.settle("k" + key, act), ledger.settle("k" + key, act));
          case 2 -> durable = random.nextBoolean() ? act : durable;
          default -> {
            if (ledger.sealNext(durable) != Ledger.ABSENT) {
              seal();
            }
          }
        }
        PurchaseRequest asked = request(key);
        assertEquals(
            other.find(asked, toyPosition(key)), ledger.find(asked, toyPosition(key)), "" + seed);
        PurchaseRequest reused = new PurchaseRequest(asked.key(), asked.name(), 9);
        assertEquals(other.find(reused, toyPosition(key)), ledger.find(reused, toyPosition(key)));
        assertEquals(other.holds(), ledger.holds());
        assertEquals(other.size(), ledger.size());
      }
      assertTrue(seed > 0 || older.count() > 0, "nothing was sealed");
    }
  }

  @Test
  void itGoesOnBehindTheRowsThatAreOlder() {
    for (int key = 0; key < STEP; key++) {
      older.rows.add(row(key, LedgerState.SOLD));
    }
    ledger = new Ledger(7, older);

    assertEquals(STEP, ledger.add(row(STEP, LedgerState.HELD), 1, 0));
    assertNull(ledger.find(request(STEP + 1), 1));
    assertThrows(IllegalStateException.class, () -> ledger.add(row(STEP, LedgerState.HELD), 1, 0));
  }
}
