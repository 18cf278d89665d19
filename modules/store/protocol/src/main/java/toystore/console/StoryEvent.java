package toystore.console;

/**
 * Something that happened, for people.
 *
 * @param atMs time of day, milliseconds since 1970
 * @param kind one word: what a console marks it with
 * @param subject the service it is about, such as {@code order-3}
 * @param text a sentence
 */
public record StoryEvent(long id, long atMs, Kind kind, String subject, String text) {
  /** What a mark looks like. */
  public enum Kind {
    /** Something was lost. */
    LOST,
    /** It is on its way. */
    COMING,
    /** It is there again. */
    BACK,
    /** What an outage came to. */
    SUMMARY,
    /** Worth to know, and nobody's fault. */
    NOTE
  }
}
