package toystore.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * Records to JSON and back; a component's name is the field's. Reading is strict: nothing missing,
 * no null for a number, no text for a number, no fraction for a whole number, no field twice,
 * nothing after the end. Unknown fields are passed over, so that a newer sender is understood. A
 * {@link Boolean}, as a {@code boolean} cannot be, is null where an older sender has no such field.
 */
public final class WireFormat {
  private static final JsonMapper MAPPER = strict().build();

  private WireFormat() {}

  /** The mapper's settings, for those who add types to it. */
  static JsonMapper.Builder strict() {
    return JsonMapper.builder()
        .withCoercionConfig(LogicalType.Textual, WireFormat::refuseNumbers)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .annotationIntrospector(new RequiredFields())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
  }

  private static void refuseNumbers(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  public static Buffer encode(Object record) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + record.getClass(), e);
    }
  }

  /**
   * Reads one record.
   *
   * @throws StoreException BAD_REQUEST when the JSON is broken or does not fit
   */
  public static <T> T decode(Buffer json, Class<T> type) {
    return decode(MAPPER, json, type);
  }

  static <T> T decode(JsonMapper mapper, Buffer json, Class<T> type) {
    T value;
    try {
      value = mapper.readValue(json.getBytes(), type);
    } catch (JsonProcessingException e) {
      throw new StoreException(StoreError.BAD_REQUEST, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StoreException(StoreError.BAD_REQUEST, e.getMessage(), e);
    }
    if (value == null) {
      throw new StoreException(StoreError.BAD_REQUEST, "null where an object was expected");
    }
    return value;
  }

  /** Every field of a record must be there, but one of the type that means: not by older ones. */
  private static final class RequiredFields extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember field) {
      return field.getRawType() != Boolean.class;
    }
  }
}
