package toystore.order;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import toystore.edge.Address;
import toystore.edge.Settings;
import toystore.edge.Tls;
import toystore.edge.Token;

/**
 * An order replica's configuration.
 *
 * @param id 1 to 3
 * @param port of the internal listener; 0 takes any free one
 * @param data the folder of its files
 * @param peers the other two replicas
 * @param tls certificates of the internal listeners; absent for clear text
 * @param replicateTimeout {@code replicateTimeoutMs}: how long a peer may take for one message
 * @param catalogTimeout {@code catalogTimeoutMs}: how long the catalog may take; longer than the
 *     wait for a front-end's lease
 * @param catalogGrace {@code catalogGraceMs}: how long purchases wait for a catalog that is down,
 *     before they are refused at once
 * @param majorityGrace {@code majorityGraceMs}: the same for a majority; longer, because a peer
 *     that is merely slow must not cost a refusal
 * @param purchaseTimeout {@code purchaseTimeoutMs}: how long a purchase may take in all
 * @param queryTimeout {@code queryTimeoutMs}: how long a proof of absence may take
 * @param maxUnderWay {@code maxUnderWay}: purchases at a time; more are refused
 * @param reserveBatches {@code reserveBatches}: calls of the catalog in flight
 */
public record OrderConfig(
    int id,
    String host,
    int port,
    Path data,
    Token token,
    Optional<Tls> tls,
    Address catalog,
    List<Peer> peers,
    Duration replicateTimeout,
    Duration catalogTimeout,
    Duration catalogGrace,
    Duration majorityGrace,
    Duration purchaseTimeout,
    Duration queryTimeout,
    int maxUnderWay,
    int reserveBatches) {

  private static final int REPLICAS = 3;
  private static final int MINUTE_MS = 60_000;

  /** Another replica. */
  public record Peer(int id, Address address) {}

  /** Reads it strictly; the engine reads the keys that only it knows. */
  static OrderConfig read(Settings settings, Engine engine) {
    int id = settings.integer("id", 1, REPLICAS);
    OrderConfig config = new OrderConfig(
        id,
        settings.host("host"),
        settings.port("port"),
        settings.path("data"),
        Token.read(settings, "tokenFile"),
        Tls.read(settings, "tls"),
        settings.address("catalog"),
        readPeers(settings, id),
        settings.millis("replicateTimeoutMs", 10, MINUTE_MS, 1_000),
        settings.millis("catalogTimeoutMs", 10, MINUTE_MS, 3_000),
        settings.millis("catalogGraceMs", 10, MINUTE_MS, 500),
        settings.millis("majorityGraceMs", 10, MINUTE_MS, 1_500),
        settings.millis("purchaseTimeoutMs", 100, MINUTE_MS, 8_000),
        settings.millis("queryTimeoutMs", 10, MINUTE_MS, 2_000),
        settings.integer("maxUnderWay", 1, 1_000_000, 10_000),
        settings.integer("reserveBatches", 1, 64, 2));
    engine.configure(settings);
    settings.refuseUnknown();
    return config;
  }

  /**
   * With fewer peers a majority could be one disk, and with others two majorities need not meet.
   */
  private static List<Peer> readPeers(Settings settings, int id) {
    List<Peer> peers = new ArrayList<>();
    Set<Integer> ids = new HashSet<>(Set.of(id));
    Set<Address> addresses = new HashSet<>();
    for (Settings section : settings.sections("peers")) {
      Peer peer = new Peer(section.integer("id", 1, REPLICAS), section.address("address"));
      section.refuseUnknown();
      if (!ids.add(peer.id)) {
        throw section.wrong("id", "must be another replica's, once", peer.id);
      }
      if (isOwn(settings, peer.address) || !addresses.add(peer.address)) {
        throw section.wrong("address", "must be another replica's, once", peer.address);
      }
      peers.add(peer);
    }
    if (ids.size() != REPLICAS) {
      String others = "must be the other " + (REPLICAS - 1) + " of " + REPLICAS + " replicas";
      throw settings.wrong("peers", others, peers.size() + " of them");
    }
    return List.copyOf(peers);
  }

  private static boolean isOwn(Settings settings, Address address) {
    return address.host().equals(settings.host("host")) && address.port() == settings.port("port");
  }

  /** As {@code order-2}. */
  public String service() {
    return "order-" + id;
  }
}
