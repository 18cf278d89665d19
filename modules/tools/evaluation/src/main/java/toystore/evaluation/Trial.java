package toystore.evaluation;

/**
 * One run of the clients.
 *
 * @param repetition from 1
 * @param cache whether the front-end caches
 * @param probability that a client buys what it queried
 * @param clients at the same time
 * @param seed what chooses the toys; the same for both of a pair
 */
record Trial(int repetition, boolean cache, double probability, int clients, long seed) {}
