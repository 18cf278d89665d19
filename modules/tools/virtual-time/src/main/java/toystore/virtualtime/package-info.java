/**
 * What all simulations run in: virtual time, chance from a seed, processes and a network that fail.
 * Knows nothing of what is simulated. Simulators and tests may use it, services may not.
 */
package toystore.virtualtime;
