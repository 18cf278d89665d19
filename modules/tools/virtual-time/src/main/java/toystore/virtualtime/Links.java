package toystore.virtualtime;

import java.util.Arrays;

/**
 * A network between numbered places. It loses, doubles, delays and reorders what it carries until
 * it is calm. A link may be cut, each way for itself.
 */
public final class Links {
  /**
   * How what is carried fares.
   *
   * @param lossPercent what vanishes
   * @param slowPercent what takes long
   * @param duplicatePercent what arrives twice
   * @param longMs how long that may be at most
   */
  public record Weather(int lossPercent, int slowPercent, int duplicatePercent, int longMs) {}

  private static final int SHORT_MS = 4;

  private final Timeline timeline;
  private final Chance chance;
  private final Weather weather;
  private final int places;
  private final boolean[] cut;
  private boolean calm;

  /** @param places how many; their numbers begin at 0 */
  public Links(Timeline timeline, Chance chance, Weather weather, int places) {
    this.timeline = timeline;
    this.chance = chance;
    this.weather = weather;
    this.places = places;
    this.cut = new boolean[places * places];
  }

  /** Nothing gets from one to the other any more. */
  public void cut(int from, int to) {
    cut[from * places + to] = true;
  }

  /** This place is alone. */
  public void isolate(int place) {
    for (int other = 0; other < places; other++) {
      cut(place, other);
      cut(other, place);
    }
  }

  /** No link is cut. */
  public void heal() {
    Arrays.fill(cut, false);
  }

  /** From now on nothing is lost, doubled or slow; what is cut stays so. */
  public void calm() {
    calm = true;
  }

  public boolean isCut(int from, int to) {
    return cut[from * places + to];
  }

  public boolean loses() {
    return !calm && chance.percent(weather.lossPercent());
  }

  public boolean doubles() {
    return !calm && chance.percent(weather.duplicatePercent());
  }

  /** How long the next thing takes. */
  public int delayMs() {
    boolean slow = !calm && chance.percent(weather.slowPercent());
    return slow ? chance.below(weather.longMs()) : 1 + chance.below(SHORT_MS);
  }

  /** Carries something that arrives once, or twice, or where the link is cut or loses it never. */
  public void carry(int from, int to, Runnable arrive, Runnable lost) {
    if (isCut(from, to) || loses()) {
      lost.run();
      return;
    }
    for (int copies = doubles() ? 2 : 1; copies > 0; copies--) {
      timeline.after(delayMs(), () -> (isCut(from, to) ? lost : arrive).run());
    }
  }
}
