package toystore.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A history as a text file: JSON lines, UTF-8.
 *
 * <pre>
 * {"history":1,"ordersBefore":0}                                     the format's version; first
 * {"toy":"Tux","stock":100,"restockTo":100}                         each toy, before its operations
 * {"client":1,"type":"QUERY","toy":"Tux","quantity":100,"outcome":"QUANTITY","call":5,"return":9}
 * {"client":1,"type":"BUY","toy":"Tux","key":"k","quantity":2,"number":0,"outcome":"ORDERED",...}
 * {"client":2,"type":"BUY","toy":"Tux","key":"l","quantity":2,"outcome":"OUT_OF_STOCK",...}
 * {"client":2,"type":"BUY","toy":"Tux","key":"m","quantity":2,"outcome":"UNKNOWN","call":7}
 * {"client":3,"type":"ORDER_QUERY","toy":"Tux","quantity":2,"number":0,"outcome":"FOUND",...}
 * {"client":3,"type":"ORDER_QUERY","number":1,"outcome":"NOT_FOUND","call":4,"return":8}
 * {"end":6}                                                          how many operations; last
 * </pre>
 *
 * <p>Times are nanoseconds of one monotonic clock; a line without {@code return} is UNKNOWN. The
 * order of operations does not matter. Without the end line, or with a last line that is torn, the
 * recording broke off: the history is not {@linkplain History#complete complete}. Anything else
 * that is missing or not understood is an error.
 */
public final class HistoryFile {
  static final int VERSION = 1;

  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .build();

  private final Path file;
  private final Map<String, ToyStart> toys = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private Long ordersBefore;
  private boolean ended;

  private HistoryFile(Path file) {
    this.file = file;
  }

  /** Reads the whole history; fails with {@link HistoryFormatException} if it is none. */
  public static History read(Path file) throws IOException {
    return new HistoryFile(file).read();
  }

  private History read() throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 1;
      for (String line = reader.readLine(); line != null; number++) {
        String following = reader.readLine();
        if (!accept(line, number, following == null)) {
          break;
        }
        line = following;
      }
    }
    try {
      if (ordersBefore == null) {
        throw new IllegalArgumentException("the first line does not say that it is a history");
      }
      return new History(ordersBefore, toys, operations, ended);
    } catch (IllegalArgumentException e) {
      throw new HistoryFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /** Returns false for a torn line. */
  private boolean accept(String text, int number, boolean last) throws IOException {
    AnyLine line;
    try {
      line = JSON.readValue(text, AnyLine.class);
    } catch (JsonProcessingException e) {
      if (last && number > 1) {
        return false;
      }
      throw new HistoryFormatException(
          file + ":" + number + ": not understood: " + e.getOriginalMessage(), e);
    }
    try {
      accept(line, number);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new HistoryFormatException(file + ":" + number + ": " + e.getMessage(), e);
    }
    return true;
  }

  private void accept(AnyLine line, int number) {
    if (ended || (line.history != null) != (number == 1)) {
      throw new IllegalArgumentException(ended ? "a line after the end" : "no history starts here");
    }
    if (line.history != null) {
      if (line.history != VERSION) {
        throw new IllegalArgumentException("version " + line.history + " is not known");
      }
      ordersBefore = line.ordersBefore == null ? 0 : line.ordersBefore;
    } else if (line.end != null) {
      if (line.end != operations.size()) {
        throw new IllegalArgumentException(
            "the end counts " + line.end + " operations, the file has " + operations.size());
      }
      ended = true;
    } else if (line.type != null) {
      operations.add(line.toOperation());
    } else {
      ToyStart toy = line.toToy();
      if (toys.putIfAbsent(toy.name(), toy) != null) {
        throw new IllegalArgumentException("toy " + toy.name() + " starts twice");
      }
    }
  }

  static String headLine(long ordersBefore) {
    return encode(new HeadLine(VERSION, ordersBefore));
  }

  static String line(ToyStart toy) {
    return encode(new ToyLine(toy.name(), toy.stock(), toy.restockTo()));
  }

  static String line(Operation operation) {
    return encode(OperationLine.of(operation));
  }

  static String endLine(long count) {
    return encode(new EndLine(count));
  }

  private static String encode(Record line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of numbers and texts cannot be encoded", e);
    }
  }

  private record HeadLine(int history, long ordersBefore) {}

  private record ToyLine(String toy, long stock, long restockTo) {}

  private record EndLine(long end) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record OperationLine(
      int client,
      Operation.Type type,
      String toy,
      String key,
      Long quantity,
      Long number,
      Operation.OperationOutcome outcome,
      long call,
      @JsonProperty("return") Long returned) {
    static OperationLine of(Operation operation) {
      return new OperationLine(
          operation.client(),
          operation.type(),
          operation.toy(),
          operation.key(),
          operation.quantity() == Operation.NONE ? null : operation.quantity(),
          operation.number() == Operation.NONE ? null : operation.number(),
          operation.outcome(),
          operation.callNs(),
          operation.returnNs() == Operation.NEVER ? null : operation.returnNs());
    }
  }

  /** Any line, as it is read. What it is not about is absent. */
  private record AnyLine(
      Integer history,
      Long ordersBefore,
      Integer client,
      Operation.Type type,
      String toy,
      Long stock,
      Long restockTo,
      String key,
      Long quantity,
      Long number,
      Operation.OperationOutcome outcome,
      Long call,
      @JsonProperty("return") Long returned,
      Long end) {

    ToyStart toToy() {
      return new ToyStart(
          needed("toy", toy), needed("stock", stock), needed("restockTo", restockTo));
    }

    Operation toOperation() {
      return new Operation(
          needed("client", client),
          type,
          toy,
          key,
          quantity == null ? Operation.NONE : quantity,
          number == null ? Operation.NONE : number,
          needed("outcome", outcome),
          needed("call", call),
          returned == null ? Operation.NEVER : returned);
    }

    private static <T> T needed(String name, T value) {
      if (value == null) {
        throw new IllegalArgumentException(name + " is missing");
      }
      return value;
    }
  }
}
