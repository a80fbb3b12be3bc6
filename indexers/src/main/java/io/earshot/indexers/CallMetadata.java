package io.earshot.indexers;

import io.earshot.Direction;
import io.earshot.Participant;
import io.earshot.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call beside its recording.
 *
 * @param id the call's id
 * @param customers whose call it is; empty if that is not known
 * @param startedAt when it began
 * @param direction who called
 * @param agentChannel the audio channel of the representative
 * @param agent the representative
 * @param customer the customer as somebody who speaks
 * @param others further participants
 * @param subject what it was about
 * @param thread what holds it together with others
 * @param language BCP 47 tag of its language
 * @param tags labels
 * @param attributes whatever else is known
 * @param warnings what was odd about it
 */
record CallMetadata(
    Optional<String> id,
    List<String> customers,
    Optional<Instant> startedAt,
    Optional<Direction> direction,
    OptionalInt agentChannel,
    Optional<Participant> agent,
    Optional<Participant> customer,
    List<Participant> others,
    Optional<String> subject,
    Optional<String> thread,
    Optional<String> language,
    List<String> tags,
    Map<String, String> attributes,
    List<String> warnings) {

  /** The metadata of a call of which nothing is known. */
  static final CallMetadata NONE = of(Map.of());

  /** Metadata that cannot be used; the message begins with the field and quotes no value. */
  static final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidException(String field, String expected) {
      super(field + ": expected " + expected);
    }
  }

  /**
   * Reads the fields of a side-car, or of a manifest's line in the same shape.
   *
   * @throws InvalidException if a value is not of its field's kind
   */
  static CallMetadata of(Map<String, ? extends @Nullable Object> values) {
    return new Fields(values).metadata();
  }

  private static final class Fields {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();

    private Fields(Map<String, ? extends @Nullable Object> values) {
      this.values.putAll(values);
    }

    private CallMetadata metadata() {
      List<Participant> participants = participants();
      List<String> customers = new ArrayList<>();
      Optional<Participant> customer =
          somebody("customer", Role.CUSTOMER, customers)
              .or(() -> first(participants, Role.CUSTOMER));
      Optional<Participant> agent =
          somebody("agent", Role.AGENT, new ArrayList<>())
              .or(() -> first(participants, Role.AGENT));
      List<Participant> others = new ArrayList<>(participants);
      customer.ifPresent(others::remove);
      agent.ifPresent(others::remove);
      Optional<String> id = text("id");
      Optional<Instant> startedAt = instant("startedAt");
      Optional<Direction> direction = direction();
      OptionalInt agentChannel = agentChannel();
      Optional<String> subject = text("subject");
      Optional<String> thread = text("thread");
      Optional<String> language = text("language");
      List<String> tags = tags();
      attributes();
      return new CallMetadata(
          id,
          List.copyOf(customers),
          startedAt,
          direction,
          agentChannel,
          agent,
          customer,
          List.copyOf(others),
          subject,
          thread,
          language,
          tags,
          Map.copyOf(attributes),
          List.copyOf(warnings));
    }

    private static Optional<Participant> first(List<Participant> participants, Role role) {
      return participants.stream().filter(participant -> participant.role() == role).findFirst();
    }

    /**
     * An agent or customer: an id, or an object of id, name and address; for customers also ids.
     */
    private Optional<Participant> somebody(String field, Role role, List<String> ids) {
      Object value = values.remove(field);
      return switch (value) {
        case null -> Optional.empty();
        case Map<?, ?> map -> {
          Participant participant = participant(field, map, role, field);
          if (map.get("id") != null) {
            ids.add(participant.id());
          }
          yield Optional.of(participant);
        }
        case List<?> list -> {
          if (list.isEmpty() || role != Role.CUSTOMER) {
            throw new InvalidException(field, "an id or an object of id, name and address");
          }
          for (int i = 0; i < list.size(); i++) {
            ids.add(text(field + "[" + i + "]", list.get(i)));
          }
          yield Optional.of(Participant.of(ids.getFirst(), role));
        }
        default -> {
          String id = text(field, value);
          ids.add(id);
          yield Optional.of(Participant.of(id, role));
        }
      };
    }

    private List<Participant> participants() {
      Object value = values.remove("participants");
      if (value == null) {
        return List.of();
      }
      if (!(value instanceof List<?> list)) {
        throw new InvalidException("participants", "a list of objects");
      }
      List<Participant> participants = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        String path = "participants[" + i + "]";
        if (!(list.get(i) instanceof Map<?, ?> map)) {
          throw new InvalidException(path, "an object of id, name, address and role");
        }
        participants.add(participant(path, map, role(path, map), "participant-" + (i + 1)));
      }
      return participants;
    }

    private static Role role(String path, Map<?, ?> map) {
      Object role = map.get("role");
      return role == null ? Role.OTHER : constant(path + ".role", role, Role.class);
    }

    private Participant participant(String path, Map<?, ?> map, Role role, String defaultId) {
      map.forEach(
          (name, value) -> {
            if (value != null && !List.of("id", "name", "address", "role").contains(name)) {
              keep(path + "." + name, value);
            }
          });
      Object id = map.get("id");
      return new Participant(
          id == null ? defaultId : text(path + ".id", id),
          optional(path + ".name", map.get("name")),
          optional(path + ".address", map.get("address")),
          role,
          Optional.empty());
    }

    private static Optional<String> optional(String path, @Nullable Object value) {
      return value == null ? Optional.empty() : Optional.of(text(path, value));
    }

    private static String text(String path, @Nullable Object value) {
      if (value instanceof Number number) {
        return number.toString(); // ids are often written as numbers
      }
      if (value instanceof String text && !text.isBlank()) {
        return text.strip();
      }
      throw new InvalidException(path, "a string that is not blank");
    }

    private Optional<String> text(String name) {
      return optional(name, values.remove(name));
    }

    private Optional<Instant> instant(String name) {
      try {
        return text(name).map(value -> OffsetDateTime.parse(value).toInstant());
      } catch (DateTimeException e) {
        InvalidException invalid =
            new InvalidException(name, "an instant with its offset, such as 2026-05-01T09:30:00Z");
        invalid.initCause(e);
        throw invalid;
      }
    }

    private Optional<Direction> direction() {
      Object value = values.remove("direction");
      return value == null
          ? Optional.empty()
          : Optional.of(constant("direction", value, Direction.class));
    }

    private static <E extends Enum<E>> E constant(String path, Object value, Class<E> type) {
      List<String> names = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        if (value instanceof String text && constant.name().equalsIgnoreCase(text.strip())) {
          return constant;
        }
        names.add(constant.name().toLowerCase(Locale.ROOT));
      }
      throw new InvalidException(path, "one of " + String.join(", ", names));
    }

    private OptionalInt agentChannel() {
      Object value = values.remove("agentChannel");
      if (value == null) {
        return OptionalInt.empty();
      }
      return switch (value.toString().strip()) {
        case "0" -> OptionalInt.of(0);
        case "1" -> OptionalInt.of(1);
        default -> throw new InvalidException("agentChannel", "0 or 1");
      };
    }

    private List<String> tags() {
      Object value = values.remove("tags");
      if (value == null) {
        return List.of();
      }
      if (!(value instanceof List<?> list)) {
        return List.of(text("tags", value));
      }
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        tags.add(text("tags[" + i + "]", list.get(i)));
      }
      return List.copyOf(tags);
    }

    private void attributes() {
      Object value = values.remove("attributes");
      if (value instanceof Map<?, ?> map) {
        map.forEach((name, each) -> put(String.valueOf(name), each));
      } else if (value != null) {
        throw new InvalidException("attributes", "an object");
      }
      values.forEach(
          (name, each) -> {
            if (each != null) {
              keep(name, each);
            }
          });
    }

    private void keep(String path, Object value) {
      put(path, value);
      warnings.add(Problems.UNKNOWN_FIELD.formatted(path));
    }

    private void put(String name, @Nullable Object value) {
      if (value != null) {
        attributes.put(name, JsonText.text(value));
      }
    }
  }
}
