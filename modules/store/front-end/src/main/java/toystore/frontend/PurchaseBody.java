package toystore.frontend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.model.ToyName;

/**
 * The body of a purchase, read strictly: one JSON object in UTF-8, no field twice, nothing after
 * it, a text for the name, a whole number for the quantity. Other fields are passed over.
 */
record PurchaseBody(String name, int quantity) {
  private static final int MAX_DEPTH = 100;
  /** Numbers may be as long as a body: those that matter are read digit by digit. */
  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      // Names in a body are the client's choice; nothing of them is to be kept.
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNumberLength(RequestBodies.MAX_BYTES)
          .maxNestingDepth(MAX_DEPTH)
          .build())
      .build();

  /**
   * Reads a body.
   *
   * @throws StoreException BAD_REQUEST saying what is wrong with it
   */
  static PurchaseBody parse(byte[] body) {
    try (JsonParser parser = JSON.createParser(text(body))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong("the body must be a JSON object");
      }
      String name = null;
      int quantity = 0;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if ("name".equals(field)) {
          name = name(parser, value);
        } else if ("quantity".equals(field)) {
          quantity = quantity(parser, value);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw wrong("something follows the JSON object");
      }
      return new PurchaseBody(present("name", name), present("quantity", quantity));
    } catch (StreamConstraintsException e) {
      String message = "the body is nested more than " + MAX_DEPTH + " deep";
      throw new StoreException(StoreError.BAD_REQUEST, message, e);
    } catch (JsonProcessingException e) {
      throw new StoreException(StoreError.BAD_REQUEST, "the body is not valid JSON", e);
    } catch (IOException e) {
      throw new StoreException(StoreError.BAD_REQUEST, "the body is not valid UTF-8", e);
    }
  }

  /** Whether it looks as if it were an object, and not, say, a form. */
  static boolean isObject(byte[] body) {
    return new String(body, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{");
  }

  private static String text(byte[] body) throws CharacterCodingException {
    // A decoder of its own reports what String's constructor would quietly replace.
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }

  private static String name(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING || !ToyName.isText(parser.getText())) {
      throw wrong("name must be a non-empty text");
    }
    return parser.getText();
  }

  private static int quantity(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
      int quantity = WholeNumber.of(parser.getText(), PurchaseRequest.MAX_QUANTITY);
      if (quantity > 0) {
        return quantity;
      }
    }
    throw wrong("quantity must be a whole number from 1 to " + PurchaseRequest.MAX_QUANTITY);
  }

  private static String present(String field, String value) {
    if (value == null) {
      throw wrong(field + " is missing");
    }
    return value;
  }

  private static int present(String field, int value) {
    if (value == 0) {
      throw wrong(field + " is missing");
    }
    return value;
  }

  private static StoreException wrong(String message) {
    return new StoreException(StoreError.BAD_REQUEST, message);
  }
}
