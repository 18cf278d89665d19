package toystore.edge;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import toystore.replication.Message;

/** An engine's messages to JSON and back; the field {@code type} is the record's simple name. */
public final class MessageFormat {
  private final JsonMapper mapper;
  private final ObjectWriter writer;

  public MessageFormat(Collection<Class<? extends Message>> types) {
    mapper = WireFormat.strict().addMixIn(Message.class, Typed.class).build();
    types.forEach(type -> mapper.registerSubtypes(new NamedType(type, type.getSimpleName())));
    writer = mapper.writerFor(Message.class);
  }

  public Buffer encode(Message message) {
    try {
      return Buffer.buffer(writer.writeValueAsBytes(message));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + message.getClass(), e);
    }
  }

  /** Fails with BAD_REQUEST when the JSON is broken or of no known type. */
  public Message decode(Buffer json) {
    return WireFormat.decode(mapper, json, Message.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}
}
