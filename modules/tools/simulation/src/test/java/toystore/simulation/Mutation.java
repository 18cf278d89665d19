package toystore.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Changes one component of a record, or of a record in it, to something else or to nonsense. */
final class Mutation {
  private static final long[] NUMBERS = {
    Long.MIN_VALUE,
    Integer.MIN_VALUE,
    -1,
    0,
    1,
    2,
    3,
    9,
    1025,
    Integer.MAX_VALUE,
    1L << 40,
    1L << 53,
    1L << 60,
    Long.MAX_VALUE
  };

  private final SplittableRandom random;

  Mutation(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The changed record; empty where its constructor refuses it, as any decoder would then. */
  <R extends Record> Optional<R> of(R record) {
    try {
      @SuppressWarnings("unchecked")
      R changed = (R) changed(record);
      return Optional.of(changed);
    } catch (Refused refused) {
      return Optional.empty();
    }
  }

  private Record changed(Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) {
        components[i].getAccessor().setAccessible(true);
        values[i] = components[i].getAccessor().invoke(record);
      }
      int place = random.nextInt(values.length);
      values[place] = other(components[place].getType(), values[place]);
      Constructor<? extends Record> constructor = record
          .getClass()
          .getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException
          || e.getCause() instanceof NullPointerException) {
        throw new Refused();
      }
      throw new AssertionError(record + " with " + Arrays.toString(values), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Object other(Class<?> type, Object value) {
    if (type == long.class) {
      return number((Long) value);
    } else if (type == int.class) {
      return (int) number((Integer) value);
    } else if (type == boolean.class) {
      return !(Boolean) value;
    } else if (random.nextInt(8) == 0) {
      return null;
    } else if (value instanceof Record record) {
      return changed(record);
    } else if (value instanceof List<?> list) {
      return changed(list);
    } else if (value instanceof String text) {
      return random.nextBoolean() ? text + "x" : "";
    }
    return value;
  }

  private long number(long value) {
    return switch (random.nextInt(4)) {
      case 0 -> value + 1;
      case 1 -> value - 1;
      default -> NUMBERS[random.nextInt(NUMBERS.length)];
    };
  }

  private List<?> changed(List<?> list) {
    List<Object> copy = new ArrayList<>(list);
    int place = list.isEmpty() ? 0 : random.nextInt(list.size());
    switch (random.nextInt(5)) {
      case 0 -> copy.add(place, null);
      case 1 -> Collections.reverse(copy);
      case 2 -> copy.addAll(list);
      case 3 -> {
        if (!list.isEmpty()) {
          copy.remove(place);
        }
      }
      default -> {
        if (!list.isEmpty() && list.get(place) instanceof Record record) {
          copy.set(place, changed(record));
        }
      }
    }
    return copy;
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
