package toystore.lab;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CSPHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.ErrorResponses;
import toystore.operations.AuditReport;
import toystore.operations.LabPlan;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;

/**
 * Serves the lab of a store on loopback: {@link #routes} is the whole list. Owned by one event
 * loop.
 */
final class LabVerticle extends VerticleBase {
  static final String DESIGN = "/docs/design.md";

  private static final Logger LOG = LoggerFactory.getLogger(LabVerticle.class);
  private static final String HOST = "127.0.0.1";
  private static final String PAGE = "/console";
  private static final int INTERNAL_ERROR = 500;
  private static final Duration UNTIL_REST = Duration.ofSeconds(20);

  private final LocalStore store;
  private final LabPlan plan;
  private final Path documents;

  /** @param documents where the documents of the store are, if they are there */
  LabVerticle(LocalStore store, LabPlan plan, Path documents) {
    this.store = store;
    this.plan = plan;
    this.documents = documents;
  }

  @Override
  public Future<?> start() {
    LabCuts cuts = new LabCuts(vertx);
    LabGate gate = new LabGate(plan.port());
    String frontEnd = store.addresses().get(0).toString();
    LabPage page = new LabPage(vertx, gate, frontEnd, documents);
    LabActions actions = new LabActions(vertx, store, plan, cuts);
    HttpServerOptions options = new HttpServerOptions().setCompressionSupported(true);
    Future<HttpServer> listening = vertx
        .createHttpServer(options)
        .requestHandler(routes(gate, page, actions, frontEnd))
        .listen(plan.port(), HOST)
        .recover(failure -> Future.failedFuture(
            failure instanceof BindException
                ? new OperationFailed("port " + plan.port() + " of the lab is taken; conf/lab.json"
                    + " has it, and --free-ports takes a free one")
                : failure));
    return listening.compose(server -> cuts.open(plan.lines()));
  }

  /** A route is tried when none above it has answered. */
  private Router routes(LabGate gate, LabPage page, LabActions actions, String frontEnd) {
    Router router = Router.router(vertx);
    router.route().handler(gate::checkHost);
    router.route().handler(LabVerticle::mark);
    router.route().handler(policy(frontEnd));
    router.get("/health").respond(ctx -> Future.succeededFuture(health()));
    router.get("/").handler(ctx -> ctx.redirect(PAGE));
    router.get(PAGE).handler(page::send);
    router.get(DESIGN).handler(page::sendDesign);
    router.route("/lab/calls/*").handler(gate::checkPage);
    router.get("/lab/calls/services").respond(ctx -> services(actions));
    router.post("/lab/calls/services/:service/:action").respond(ctx -> act(ctx, actions));
    router.post("/lab/calls/audit").respond(ctx -> audit());
    router.get("/lab/*").handler(StaticHandler.create("lab-page"));
    router.get("/console/*").handler(StaticHandler.create("webroot/console"));
    router.get("/common/*").handler(StaticHandler.create("webroot/common"));
    router.route().handler(ctx -> {
      throw new LabRefusal(LabRefusal.NOT_FOUND, "there is nothing at this path");
    });
    router.route().failureHandler(LabVerticle::failed);
    return router;
  }

  private static void mark(RoutingContext ctx) {
    ctx.response()
        // The page has a token, and all else is small.
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    ctx.next();
  }

  private static CSPHandler policy(String frontEnd) {
    return CSPHandler.create()
        .setDirective("default-src", "'none'")
        .setDirective("script-src", "'self'")
        .setDirective("style-src", "'self'")
        .setDirective("img-src", "'self'")
        .setDirective("connect-src", "'self' " + frontEnd)
        .setDirective("base-uri", "'none'")
        .setDirective("form-action", "'none'")
        .setDirective("frame-ancestors", "'none'");
  }

  private static JsonObject health() {
    return new JsonObject()
        .put("process", new JsonObject().put("pid", ProcessHandle.current().pid()));
  }

  private static Future<JsonObject> services(LabActions actions) {
    return actions.conditions().map(conditions -> {
      JsonArray list = new JsonArray();
      conditions
          .values()
          .forEach(one -> list.add(new JsonObject()
              .put("service", one.service())
              .put("state", one.state())
              .put("cut", one.cut())
              .put("busy", one.busy())));
      return data(new JsonObject().put("services", list));
    });
  }

  private static Future<JsonObject> act(RoutingContext ctx, LabActions actions) {
    String word = ctx.pathParam("action");
    LabAction action = LabAction.of(word)
        .orElseThrow(() -> new LabRefusal(LabRefusal.NOT_FOUND, "no button does " + word));
    String service = ctx.pathParam("service");
    return actions.act(service, action).map(outcome -> {
      LOG.info("service={} action={}", service, word);
      return data(new JsonObject().put("outcome", outcome));
    });
  }

  private Future<JsonObject> audit() {
    return vertx
        .executeBlocking(() -> store.audit(UNTIL_REST), false)
        .map((Function<AuditReport, JsonObject>) report -> data(new JsonObject()
            .put("verdict", report.verdict().toString())
            .put("orders", report.orders())
            .put("findings", new JsonArray(report.findings()))));
  }

  private static JsonObject data(JsonObject content) {
    return new JsonObject().put("data", content);
  }

  private static void failed(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    if (failure instanceof LabRefusal refusal) {
      refuse(ctx, refusal.status(), refusal.getMessage());
    } else if (failure instanceof OperationFailed known) {
      refuse(ctx, LabRefusal.CONFLICT, known.getMessage());
    } else if (ctx.statusCode() != INTERNAL_ERROR) {
      refuse(ctx, ctx.statusCode(), "this cannot be asked so");
    } else {
      LOG.error("path={} failed", ctx.request().path(), failure);
      refuse(ctx, INTERNAL_ERROR, "internal error");
    }
  }

  private static void refuse(RoutingContext ctx, int status, String message) {
    HttpServerResponse response = ctx.response();
    Buffer body = ErrorResponses.publicBody(status, message);
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body);
  }
}
