package toystore.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final Chain chain = new Chain();

  @Test
  void equalSequencesHaveEqualLinks() {
    long first = chain.next(chain.next(Chain.START, 0, 1, "a", "Tux"), 1, 1, "b", "Fox");

    Chain other = new Chain();
    long second = other.next(other.next(Chain.START, 0, 1, "a", "Tux"), 1, 1, "b", "Fox");

    assertEquals(first, second);
  }

  @Test
  void aChangeAnywhereBeforeChangesTheLink() {
    long a = chain.next(Chain.START, 0, 1, "a", "Tux");
    long b = chain.next(Chain.START, 0, 2, "a", "Tux");

    assertNotEquals(chain.next(a, 1, 1, "c", "Fox"), chain.next(b, 1, 1, "c", "Fox"));
  }

  @Test
  void noTwoRecordsReadAlike() {
    Set<Long> links = new HashSet<>();
    List<String[]> records = List.of(
        new String[] {"a", "bc"},
        new String[] {"ab", "c"},
        new String[] {"abc", ""},
        new String[] {"abc", null},
        new String[] {"abc"},
        new String[] {});

    records.forEach(texts -> links.add(chain.next(Chain.START, 0, 1, texts)));
    links.add(chain.next(Chain.START, 1, 0, "a", "bc"));
    links.add(chain.next(1, 0, 1, "a", "bc"));

    assertEquals(records.size() + 2, links.size());
  }
}
