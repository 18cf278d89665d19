package toystore.postgres;

import java.util.List;
import toystore.model.Chain;
import toystore.stock.PricedToy;

/**
 * The toys on offer, in their order.
 *
 * @param digest tells an offer from any other
 * @param stock units that a new toy starts with, and is restocked to
 */
record Offer(String digest, String[] names, Long[] prices, long stock) {

  static Offer of(List<PricedToy> toys, long stock) {
    Chain chain = new Chain();
    long link = Chain.START;
    for (PricedToy toy : toys) {
      link = chain.next(link, toy.priceCents(), 0, toy.name());
    }
    return new Offer(
        Long.toHexString(link),
        toys.stream().map(PricedToy::name).toArray(String[]::new),
        toys.stream().map(PricedToy::priceCents).toArray(Long[]::new),
        stock);
  }
}
