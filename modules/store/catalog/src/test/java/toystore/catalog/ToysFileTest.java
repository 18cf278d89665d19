package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import toystore.edge.ConfigurationException;
import toystore.stock.PricedToy;

/** What a file of toys may hold; what it may not is refused at start, with the toy named. */
class ToysFileTest {
  @TempDir
  Path folder;

  @Test
  void toysAreReadInTheOrderOfTheFile() throws IOException {
    String text =
        """
        [{"name":"Tux","price":15.99},{"price":1,"name":"a/b"},{"name":"\\ud83e\\uddf8","price":1.5e1},
         {"name":"Rubik's Cube","price":0},{"name":"dear","price":1000000}]
        """;

    assertEquals(
        List.of(
            new PricedToy("Tux", 1599),
            new PricedToy("a/b", 100),
            new PricedToy("\ud83e\uddf8", 1500),
            new PricedToy("Rubik's Cube", 0),
            new PricedToy("dear", 100_000_000)),
        read(text).toys());
  }

  /**
   * The text of the file, and words of the message: the toy, or where it stands, and what is wrong.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[]                                             | no toy",
        "{}                                             | is not a JSON list",
        "[7]                                            | toys[0]",
        "[null]                                         | toys[0]",
        "[{'name':'Tux','price':1},{'price':1}]         | toys[1].name: is missing",
        "[{'name':7,'price':1}]                         | toys[0].name: must be a non-empty text",
        "[{'name':'','price':1}]                        | toys[0].name: must be a non-empty text",
        "[{'name':'  ','price':1}]                      | toys[0].name: must be a non-empty text",
        "[{'name':' Tux','price':1}]                    | must not begin or end with a space, was  Tux",
        "[{'name':'..','price':1}]                      | toys[0].name: must not be . or ..",
        "[{'name':'\\ud83d','price':1}]                  | broken characters, was \\ud83d",
        "[{'name':'A\\u0000B','price':1}]                | control characters and broken characters, was A\\u0000B",
        "[{'name':'A\\nB','price':1}]                    | broken characters, was A\\u000aB",
        "[{'name':'Tux'}]                               | Tux: toys[0].price: is missing",
        "[{'name':'Tux','price':null}]                  | Tux: toys[0].price: is missing",
        "[{'name':'Tux','price':'1'}]                   | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':-1}]                    | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':-0.01}]                 | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':15.995}]                | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':15.990000000000000001}] | at most two decimals, was 15.990000000000000001",
        "[{'name':'Tux','price':1000000.01}]            | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':1e400}]                 | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':1e2147483647}]          | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':1e-999999}]             | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':1e99999999999}]         | toys",
        "[{'name':'Tux','price':99999999999999999999}]  | Tux: toys[0].price: must be a number",
        "[{'name':'Tux','price':NaN}]                   | is not a JSON list",
        "[{'name':'Tux','price':1,'price':2}]           | Duplicate field 'price' (line 1",
        "[{'name':'Tux','name':'Fox','price':2}]        | Duplicate field 'name'",
        "[{'name':'Tux','price':1,'prize':2}]           | Tux: toys[0].prize: is not a known key",
        "[{'name':'Tux','price':1},{'name':'Tux','price':1}] | more than one toy named Tux",
        "[{'name':'Tux','price':1}] []                  | is not a JSON list",
        "[{'name':'Tux','price':1},]                    | is not a JSON list",
        "[{'name':'Tux','price':1} /* dear */]          | is not a JSON list"
      })
  void whatCannotBeServedIsRefusedWithTheToyNamed(String text, String words) {
    String message = refusal(text.replace('\'', '"'));

    assertTrue(message.startsWith("toys: "), message);
    assertTrue(message.contains(folder.resolve("toys.json").toString()), message);
    assertTrue(message.contains(words), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void aNameThatIsTooLongIsNotPrintedWhole() {
    String message = refusal("[{\"name\":\"" + "x".repeat(5_000) + "\",\"price\":1}]");

    assertTrue(message.contains("at most 255 bytes in UTF-8, has 5000"), message);
    assertTrue(message.length() < 1_000, message);
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    JsonObject json = CompleteConf.in(folder);
    Files.delete(folder.resolve("toys.json"));

    assertTrue(assertThrows(ConfigurationException.class, () -> CatalogConfig.read(json))
        .getMessage()
        .contains("toys.json"));
  }

  private String refusal(String text) {
    return assertThrows(ConfigurationException.class, () -> read(text)).getMessage();
  }

  private CatalogConfig read(String text) throws IOException {
    JsonObject json = CompleteConf.in(folder);
    Files.writeString(folder.resolve("toys.json"), text);
    return CatalogConfig.read(json);
  }
}
