package toystore.evaluation;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import toystore.operations.Console;

/**
 * A server that does nothing but answer what it was told: the most that HTTP on this machine and
 * Vert.x allow. A process of its own. It reads recorded answers, a line each, until an empty line;
 * says on which port it listens; and ends when its input does, so it cannot outlive its parent.
 */
@Command(name = "ceiling", hidden = true)
final class CeilingServer implements Callable<Integer> {
  private static final int NOT_FOUND = 404;
  private static final String LOOPBACK = "127.0.0.1";

  @Spec
  private CommandSpec command;

  public static void main(String[] args) {
    System.exit(new CommandLine(new CeilingServer()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Map<String, FixedAnswer> answers = new HashMap<>();
    for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
      RecordedAnswer recorded = RecordedAnswer.decode(line);
      answers.put(
          recorded.method() + recorded.path(),
          new FixedAnswer(recorded.headers(), Buffer.buffer(recorded.body())));
    }
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    int port = vertx
        .createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
        .requestHandler(request -> answer(request, answers))
        .listen(0, LOOPBACK)
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .actualPort();
    Console console = new Console(command.commandLine());
    console.text(port + "\n");
    while (input.readLine() != null) {}
    vertx.close();
    return 0;
  }

  private static void answer(HttpServerRequest request, Map<String, FixedAnswer> answers) {
    FixedAnswer answer = answers.get(request.method().name() + request.path());
    if (answer == null) {
      request.response().setStatusCode(NOT_FOUND).end();
    } else if (request.method() == io.vertx.core.http.HttpMethod.POST) {
      request.body().onSuccess(body -> send(request.response(), answer));
    } else {
      send(request.response(), answer);
    }
  }

  private static void send(HttpServerResponse response, FixedAnswer answer) {
    answer.headers().forEach(response::putHeader);
    response.end(answer.body());
  }

  private record FixedAnswer(Map<String, String> headers, Buffer body) {}
}
