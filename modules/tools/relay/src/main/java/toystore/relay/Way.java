package toystore.relay;

import java.util.List;

/** From one service to another; what the other answers goes the other way. */
public record Way(String sender, String receiver) {
  public static List<Way> both(String one, String other) {
    return List.of(new Way(one, other), new Way(other, one));
  }
}
