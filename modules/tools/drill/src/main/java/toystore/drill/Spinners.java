package toystore.drill;

import java.util.stream.IntStream;

/** Threads that do nothing, as fast as they can, so that everything beside them is slow. */
final class Spinners {
  private volatile boolean over;

  private Spinners() {}

  static Spinners start(int count) {
    Spinners spinners = new Spinners();
    IntStream.range(0, count).forEach(i -> {
      Thread thread = new Thread(spinners::spin, "drill-spin-" + i);
      thread.setDaemon(true);
      thread.start();
    });
    return spinners;
  }

  private void spin() {
    while (!over) {
      Thread.onSpinWait();
    }
  }

  void close() {
    over = true;
  }
}
