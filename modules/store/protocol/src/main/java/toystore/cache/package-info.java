/**
 * What a front-end may answer from memory: which products it keeps, which fills come too late, and
 * when the lease that guards them ends. One event loop calls it, with times of a monotonic clock.
 */
package toystore.cache;
