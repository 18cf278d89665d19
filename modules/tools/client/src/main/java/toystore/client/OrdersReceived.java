package toystore.client;

import java.util.Arrays;

/**
 * The orders one client was told it has. Owned by one event loop.
 *
 * <p>Plain arrays, twelve bytes an order: a minute's load by ten thousand clients is a million.
 */
final class OrdersReceived {
  private static final int FIRST_CAPACITY = 8;

  private long[] numbers = {};
  private int[] toys = {};
  private int size;

  /**
   * @param toy index into the plan's toys
   */
  void add(long number, int toy) {
    if (size == numbers.length) {
      int capacity = Math.max(FIRST_CAPACITY, size + size / 2);
      numbers = Arrays.copyOf(numbers, capacity);
      toys = Arrays.copyOf(toys, capacity);
    }
    numbers[size] = number;
    toys[size] = toy;
    size++;
  }

  OrdersReceived copy() {
    OrdersReceived copy = new OrdersReceived();
    copy.numbers = Arrays.copyOf(numbers, size);
    copy.toys = Arrays.copyOf(toys, size);
    copy.size = size;
    return copy;
  }

  int size() {
    return size;
  }

  long number(int index) {
    return numbers[index];
  }

  int toy(int index) {
    return toys[index];
  }
}
