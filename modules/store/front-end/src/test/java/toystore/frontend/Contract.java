package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The document of the public API as a judge. What a store answers must be in it, and so must be
 * what a store takes. Calls that it does not have must be refused.
 */
final class Contract {
  private static final String FILE = "webroot/docs/api/openapi.json";
  /** What the pages need is no part of the contract, nor is a second path of the shop. */
  private static final Pattern ASSET = Pattern.compile(
      "/(common|shop|console|docs)(/.*)?\\.(html|js|css|svg|txt)|/index.html|/shop");

  /** Whoever validates does it on one of its threads; they end with the tests. */
  private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));

  private static final Set<Integer> FOUND = Set.of(200, 304);
  /** The validator reads no longer numbers, and the store does. */
  private static final int READABLE = 1_000;

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int CLIENT_ERROR = 400;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;

  private final JsonObject document;
  private final OpenAPIContract contract;
  private final RequestValidator requests;
  private final ResponseValidator responses;

  private Contract(JsonObject document) {
    this.document = document;
    contract = FakeStore.await(OpenAPIContract.from(VERTX, withoutTexts(document)));
    requests = RequestValidator.create(VERTX, contract);
    responses = ResponseValidator.create(VERTX, contract);
  }

  /** The validator knows no pages and no streams of events. */
  private static JsonObject withoutTexts(JsonObject document) {
    JsonObject rest = document.copy();
    eachContent(rest, (id, content) -> List.copyOf(content.fieldNames()).stream()
        .filter(type -> type.startsWith("text/"))
        .forEach(content::remove));
    return rest;
  }

  /** What each operation answers with status 200. */
  private static void eachContent(JsonObject document, BiConsumer<String, JsonObject> action) {
    document.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue())
        .forEach(operation -> {
          JsonObject said = (JsonObject) operation.getValue();
          action.accept(
              said.getString("operationId"),
              said.getJsonObject("responses").getJsonObject("200").getJsonObject("content"));
        }));
  }

  /** As the store has it. */
  static Contract load() {
    return of(new JsonObject(VERTX.fileSystem().readFileBlocking(FILE)));
  }

  static Contract of(JsonObject document) {
    return new Contract(document);
  }

  JsonObject document() {
    return document;
  }

  /** Which operation this path and method are; null for none. HEAD is what GET is. */
  Operation operation(HttpMethod method, String path) {
    return contract.findOperation(path, HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method);
  }

  /** Fails if the document does not allow this. */
  void check(PublicCall call) {
    Operation operation = operation(call.method(), call.path());
    if (operation == null) {
      checkRefused(call);
      return;
    }
    String id = operation.getOperationId();
    boolean named = operation.getResponse(call.status()) != null;
    if (!HttpMethod.HEAD.equals(call.method())) {
      hold(call, responses.validate(answer(call), id));
      checkCode(call);
    } else if (!named && operation.getDefaultResponse() == null) {
      throw new AssertionError(id + " has no status " + call.status());
    }
    if (call.status() == OK) {
      eachContent(document, (any, content) -> {
        if (any.equals(id) && !content.containsKey(type(call))) {
          throw new AssertionError(call + " must be of another type");
        }
      });
      if (call.body() == null || call.body().length() < READABLE) {
        hold(call, requests.validate(question(operation, call), id));
      }
    }
  }

  /** Fails if this is no such thing as the document has under this name. */
  void checkValue(String schema, JsonObject value) {
    JsonObject root = new JsonObject()
        .put("$ref", "#/components/schemas/" + schema)
        .put("components", document.getJsonObject("components"));
    OutputUnit found = Validator.create(
            JsonSchema.of(root),
            new JsonSchemaOptions().setDraft(Draft.DRAFT202012).setBaseUri("app://toystore"))
        .validate(value);
    if (!found.getValid()) {
      throw new AssertionError(value + " is no " + schema + ": " + found.getErrors());
    }
  }

  private static void hold(PublicCall call, Future<?> verdict) {
    FakeStore.await(verdict.recover(failure ->
        Future.failedFuture(new AssertionError(call + ": " + failure.getMessage(), failure))));
  }

  private void checkRefused(PublicCall call) {
    boolean isAsset = ASSET.matcher(call.path()).matches();
    boolean isOther = Stream.of(HttpMethod.GET, HttpMethod.POST)
        .anyMatch(method -> operation(method, call.path()) != null);
    if (HttpMethod.OPTIONS.equals(call.method()) && call.status() == NO_CONTENT
        || isAsset && FOUND.contains(call.status())) {
      return;
    }
    if (call.status() == NOT_FOUND && isOther
        || call.status() == WRONG_METHOD && !isOther && !isAsset
        || call.status() < CLIENT_ERROR) {
      throw new AssertionError(call + " should have another status");
    }
    if (!HttpMethod.HEAD.equals(call.method())) {
      checkValue("Error", new JsonObject(call.answer()));
      checkCode(call);
    }
  }

  /** The code in the body is the status, which a schema cannot say. */
  private static void checkCode(PublicCall call) {
    if (call.status() >= CLIENT_ERROR) {
      int code = new JsonObject(call.answer()).getJsonObject("error").getInteger("code");
      if (code != call.status()) {
        throw new AssertionError(call + " has another code than its status");
      }
    }
  }

  private static ValidatableResponse answer(PublicCall call) {
    boolean isText = type(call).startsWith("text/");
    return ValidatableResponse.create(
        call.status(),
        call.answerHeaders(),
        isText || type(call).isEmpty() ? null : Buffer.buffer(call.answer()),
        isText || type(call).isEmpty() ? null : type(call));
  }

  private static String type(PublicCall call) {
    return call.answerHeaders().getOrDefault("content-type", "").split(";")[0];
  }

  private static ValidatableRequestImpl question(Operation operation, PublicCall call) {
    Map<String, RequestParameter> headers = new HashMap<>();
    call.headers().forEach((name, value) -> headers.put(name, new RequestParameterImpl(value)));
    Map<String, RequestParameter> inPath = new HashMap<>();
    operation.getParameters().stream()
        .filter(parameter -> operation.getOpenAPIPath().contains("{" + parameter.getName() + "}"))
        .forEach(parameter -> inPath.put(
            parameter.getName(),
            new RequestParameterImpl(
                PathText.decode(call.path().substring(call.path().lastIndexOf('/') + 1)))));
    // A body that says nothing of its type, or the type of a form, is JSON to the store.
    return new ValidatableRequestImpl(
        Map.of(),
        headers,
        inPath,
        Map.of(),
        new RequestParameterImpl(call.body() == null ? null : Buffer.buffer(call.body())),
        call.body() == null ? null : "application/json");
  }
}
