package toystore.client;

import java.util.List;

/**
 * What clients do.
 *
 * @param mode what an iteration does
 * @param probability 0 to 1: how often a client buys what it found in stock
 * @param quantity units of each purchase
 * @param toys names to choose from; empty: all that the store has
 * @param seed what chooses the toys, and when to buy
 */
public record LoadMix(
    LoadMode mode, double probability, int quantity, List<String> toys, long seed) {
  public LoadMix {
    toys = List.copyOf(toys);
  }
}
