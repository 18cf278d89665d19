/**
 * The store's public API as a program calls it: {@link toystore.api.StoreClient} sends, and each
 * {@link toystore.api.Answer} is read as strictly as the API is written. Nothing about load,
 * measuring or verdicts is decided here. Whatever calls a store over HTTP uses it: the load client,
 * the evaluation, the drills.
 */
package toystore.api;
