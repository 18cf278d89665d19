package toystore.raft.core;

import java.util.List;

/**
 * How one replica behaves; the same for all replicas of a group but for the ids and the seed.
 *
 * @param id this replica
 * @param peers ids of all others
 * @param electionTicks least silence of a leader before an election; the most is twice that
 * @param heartbeatTicks ticks between two rounds of heartbeats, well below {@code electionTicks}
 * @param maxBatch most entries in one append
 * @param window most appends in flight to one peer
 * @param keepEntries entries kept behind the saved state, for peers that are a little behind
 * @param handOver whether a leader hands over to the highest id once that one is level
 * @param seed of all chance; another one in each life of the process
 */
public record RaftOptions(
    int id,
    List<Integer> peers,
    int electionTicks,
    int heartbeatTicks,
    int maxBatch,
    int window,
    int keepEntries,
    boolean handOver,
    long seed) {

  public RaftOptions {
    peers = peers.stream().sorted().toList();
    if (id < 1 || peers.contains(id) || peers.stream().distinct().count() != peers.size()) {
      throw new IllegalArgumentException("id=" + id + " peers=" + peers);
    }
    if (heartbeatTicks < 1 || electionTicks < 2 * heartbeatTicks) {
      throw new IllegalArgumentException(
          "electionTicks=" + electionTicks + " heartbeatTicks=" + heartbeatTicks);
    }
    if (maxBatch < 1 || window < 1 || keepEntries < 0) {
      throw new IllegalArgumentException(
          "maxBatch=" + maxBatch + " window=" + window + " keepEntries=" + keepEntries);
    }
  }

  /** Replicas that make a majority, of which this one may be one. */
  int majority() {
    return (peers.size() + 1) / 2 + 1;
  }
}
