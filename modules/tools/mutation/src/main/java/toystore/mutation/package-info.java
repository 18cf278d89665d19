/**
 * Rules left out of the store from outside: sources are changed, compiled, and loaded beside the
 * real classes. Decides nothing about the store itself. Only tests may use it.
 */
package toystore.mutation;
