package toystore.raft.core;

import java.util.List;

/**
 * How one replica behaves; the same for all replicas of a group but for the ids and the seed.
 *
 * @param id this replica
 * @param peers ids of all others
 * @param handOver whether a leader hands over to the highest id once that one is level
 * @param seed of all chance; another one in each life of the process
 */
public record RaftOptions(
    int id,
    List<Integer> peers,
    ElectionTiming timing,
    LogBounds bounds,
    boolean handOver,
    long seed) {

  /**
   * In ticks.
   *
   * @param election least silence of a leader before an election; the most is twice that
   * @param heartbeat between two rounds of heartbeats, well below {@code election}
   */
  public record ElectionTiming(int election, int heartbeat) {
    public ElectionTiming {
      if (heartbeat < 1 || election < 2 * heartbeat) {
        throw new IllegalArgumentException("election=" + election + " heartbeat=" + heartbeat);
      }
    }
  }

  /**
   * In entries and appends.
   *
   * @param batch most entries in one append
   * @param window most appends in flight to one peer
   * @param kept entries kept behind the saved state, for peers that are a little behind
   */
  public record LogBounds(int batch, int window, int kept) {
    public LogBounds {
      if (batch < 1 || window < 1 || kept < 0) {
        throw new IllegalArgumentException(
            "batch=" + batch + " window=" + window + " kept=" + kept);
      }
    }
  }

  public RaftOptions {
    peers = peers.stream().sorted().toList();
    if (id < 1 || peers.contains(id) || peers.stream().distinct().count() != peers.size()) {
      throw new IllegalArgumentException("id=" + id + " peers=" + peers);
    }
  }

  int electionTicks() {
    return timing.election();
  }

  int heartbeatTicks() {
    return timing.heartbeat();
  }

  /** Replicas that make a majority, of which this one may be one. */
  int majority() {
    return (peers.size() + 1) / 2 + 1;
  }
}
