/**
 * Measures a store: one of this command's own that is gone afterwards, or one that runs elsewhere.
 *
 * <p>{@code EvaluateCommand} asks what the cache brings: an {@code EvaluationPlan} makes {@code
 * Trial}s, an {@code Evaluation} runs them into {@code Measurement}s, {@code CacheStudy} draws the
 * conclusions, a {@code ResultFolder} keeps them. {@code CrashExperiment} kills replicas under
 * load. {@code BenchCommand} asks how far the store is from what HTTP allows: {@code HttpLoad}
 * loads a store and a {@code CeilingServer} in turn, and {@code PutLoad} an {@code EtcdCluster}
 * beside them. Plans, arithmetic and texts are pure. Only the
 * command line may call it.
 */
package toystore.evaluation;
