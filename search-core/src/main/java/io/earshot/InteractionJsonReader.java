package io.earshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.earshot.internal.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one interaction from the map that its JSON text is; collects what is odd about it. */
final class InteractionJsonReader {
  private static final int SHOWN = 40;

  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> unknown = new LinkedHashMap<>();

  private InteractionJsonReader() {}

  static InteractionJson.Parsed read(String json) {
    Object value;
    try {
      value = Json.parse(json);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line %d, column %d)"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new InvalidInteractionException("not JSON: " + e.getOriginalMessage() + where, e);
    } catch (IOException e) {
      throw new InvalidInteractionException("not JSON: " + e.getMessage(), e);
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidInteractionException("not an interaction: expected a JSON object");
    }
    InteractionJsonReader reader = new InteractionJsonReader();
    Interaction interaction = reader.interaction(reader.new Fields(map, ""));
    return new InteractionJson.Parsed(interaction, reader.warnings);
  }

  private Interaction interaction(Fields fields) {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("id", "channel", "startedAt")) {
      if (fields.values.get(name) == null) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new InvalidInteractionException(
          "not an interaction: it lacks " + String.join(", ", missing));
    }
    Interaction.Builder builder =
        check(
            fields,
            () ->
                Interaction.builder(
                    fields.require("id", fields::text),
                    Channel.of(fields.require("channel", fields::text)),
                    fields.require("startedAt", fields::instant)));
    List<String> customers = fields.texts("customer");
    if (!customers.isEmpty()) {
      check(fields, () -> builder.customers(customers));
    }
    fields.oneOf("direction", Direction.class).ifPresent(builder::direction);
    fields.instant("endedAt").ifPresent(builder::endedAt);
    fields.text("subject").ifPresent(builder::subject);
    fields.text("thread").ifPresent(builder::thread);
    fields.text("language").ifPresent(builder::language);
    fields.text("messageId").ifPresent(builder::messageId);
    fields.text("inReplyTo").ifPresent(builder::inReplyTo);
    builder.references(fields.texts("references")).tags(fields.texts("tags"));
    builder.attachments(fields.each("attachments", this::attachment));
    fields.one("recording", this::recording).ifPresent(builder::recording);
    fields.one("transcript", this::transcript).ifPresent(builder::transcript);
    fields.one("source", this::source).ifPresent(builder::source);
    List<Turn> turns = fields.each("turns", this::turn);
    builder.turns(turns).participants(participants(fields, turns));
    Map<String, String> attributes = fields.one("attributes", Fields::scalars).orElse(Map.of());
    attributes.forEach(builder::attribute);
    fields.keepUnknown();
    unknown.forEach(
        (path, value) -> {
          if (attributes.containsKey(path)) {
            warnings.add(
                path + ": not a field of an interaction; left out, attributes has that name");
          } else {
            warnings.add(path + ": not a field of an interaction; kept as an attribute");
            builder.attribute(path, value);
          }
        });
    return builder.build();
  }

  private List<Participant> participants(Fields fields, List<Turn> turns) {
    List<Participant> participants =
        new ArrayList<>(fields.each("participants", this::participant));
    Set<String> known = new LinkedHashSet<>();
    participants.forEach(participant -> known.add(participant.id()));
    for (int i = 0; i < turns.size(); i++) {
      String id = turns.get(i).participant();
      if (known.add(id)) {
        participants.add(Participant.of(id, Role.OTHER));
        warnings.add(
            "turns[%d].participant: \"%s\" was not among the participants and was added with role OTHER"
                .formatted(i, shortened(id)));
      }
    }
    return participants;
  }

  private Participant participant(Fields fields) {
    Participant participant =
        check(
            fields,
            () ->
                new Participant(
                    fields.require("id", fields::text),
                    fields.text("name"),
                    fields.text("address"),
                    fields.oneOf("role", Role.class).orElse(Role.OTHER),
                    fields.oneOf("as", AddressField.class)));
    fields.keepUnknown();
    return participant;
  }

  private Turn turn(Fields fields) {
    Turn.Builder builder =
        check(fields, () -> Turn.builder(fields.require("participant", fields::text)));
    fields.instant("at").ifPresent(builder::at);
    OptionalLong start = fields.whole("startMs");
    OptionalLong end = fields.whole("endMs");
    if (start.isPresent() || end.isPresent()) {
      long from = start.orElse(0);
      check(fields, () -> builder.audio(from, end.orElse(from)));
    }
    fields.text("text").ifPresent(builder::text);
    builder.words(fields.each("words", this::word));
    fields.text("language").ifPresent(builder::language);
    fields.text("quotedText").ifPresent(builder::quotedText);
    fields.text("signature").ifPresent(builder::signature);
    fields.keepUnknown();
    return builder.build();
  }

  private Word word(Fields fields) {
    Word word =
        check(
            fields,
            () ->
                new Word(
                    fields.require("text", fields::text),
                    fields.requireWhole("startMs"),
                    fields.requireWhole("endMs"),
                    fields.decimal("confidence").orElse(1.0),
                    fields.each("alternatives", this::alternative)));
    fields.keepUnknown();
    return word;
  }

  private Word.Alternative alternative(Fields fields) {
    Word.Alternative alternative =
        check(
            fields,
            () ->
                new Word.Alternative(
                    fields.require("text", fields::text),
                    fields.decimal("confidence").orElse(0.0)));
    fields.keepUnknown();
    return alternative;
  }

  private Attachment attachment(Fields fields) {
    Attachment attachment =
        check(
            fields,
            () ->
                new Attachment(
                    fields.text("name").orElse(""),
                    fields.text("mediaType"),
                    fields.whole("size"),
                    fields.text("text")));
    fields.keepUnknown();
    return attachment;
  }

  private Recording recording(Fields fields) {
    Recording recording =
        check(
            fields,
            () ->
                new Recording(
                    fields.require("uri", fields::text),
                    fields.whole("durationMs").orElse(0),
                    fields.channels(),
                    fields.flag("incomplete")));
    fields.keepUnknown();
    return recording;
  }

  private TranscriptInfo transcript(Fields fields) {
    TranscriptInfo transcript =
        check(
            fields,
            () ->
                new TranscriptInfo(
                    fields.text("engine").orElse(""),
                    fields.text("model").orElse(""),
                    fields.text("version").orElse(""),
                    fields.decimal("coverage").orElse(1.0)));
    fields.keepUnknown();
    return transcript;
  }

  private Source source(Fields fields) {
    Source source =
        check(
            fields,
            () ->
                new Source(
                    fields.require("uri", fields::text),
                    fields.text("format"),
                    fields.text("checksum"),
                    fields.texts("locations")));
    fields.keepUnknown();
    return source;
  }

  /** With any offset; also the years beyond 9999 that an {@link Instant} is written with. */
  private static Instant parsedInstant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return Instant.parse(text);
    }
  }

  private static String scalar(Object value) {
    return value instanceof String text ? text : Json.text(value);
  }

  /** The value for a message: whole objects and lists stay out of it, and so do long texts. */
  private static String shown(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> "an object";
      case List<?> list -> "a list";
      case String text -> "\"" + shortened(text) + "\"";
      case null -> "null";
      default -> shortened(value.toString());
    };
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
  }

  /** Values that a constructor refuses are the input's fault: say where they stand. */
  private static <T> T check(Fields fields, java.util.function.Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      String where = fields.path.isEmpty() ? "" : fields.path + ": ";
      throw new InvalidInteractionException(where + e.getMessage(), e);
    }
  }

  /** The fields of one JSON object; what was not taken in the end is unknown. */
  private final class Fields {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final String path;

    private Fields(Map<?, ?> object, String path) {
      object.forEach((name, value) -> values.put(String.valueOf(name), value));
      this.path = path;
    }

    private @Nullable Object take(String name) {
      return values.remove(name);
    }

    private String at(String name) {
      return path.isEmpty() ? name : path + "." + name;
    }

    private InvalidInteractionException wrong(
        String name, String expected, @Nullable Object value) {
      return new InvalidInteractionException(
          "%s: expected %s, got %s".formatted(at(name), expected, shown(value)));
    }

    private <T> T require(String name, Function<String, Optional<T>> field) {
      return field
          .apply(name)
          .orElseThrow(() -> new InvalidInteractionException(at(name) + ": it is missing"));
    }

    private Optional<String> text(String name) {
      Object value = take(name);
      return switch (value) {
        case null -> Optional.empty();
        case String text -> Optional.of(text);
        case Number number -> Optional.of(number.toString()); // ids are often written as numbers
        default -> throw wrong(name, "a string", value);
      };
    }

    private List<String> texts(String name) {
      Object value = take(name);
      return switch (value) {
        case null -> List.of();
        case String text -> List.of(text);
        case Number number -> List.of(number.toString());
        case List<?> list -> {
          List<String> texts = new ArrayList<>(list.size());
          for (int i = 0; i < list.size(); i++) {
            Object each = list.get(i);
            if (!(each instanceof String) && !(each instanceof Number)) {
              throw wrong(name + "[" + i + "]", "a string", each);
            }
            texts.add(each.toString());
          }
          yield texts;
        }
        default -> throw wrong(name, "a string or a list of strings", value);
      };
    }

    private OptionalLong whole(String name) {
      Object value = take(name);
      return switch (value) {
        case null -> OptionalLong.empty();
        case Integer number -> OptionalLong.of(number);
        case Long number -> OptionalLong.of(number);
        case BigDecimal number -> {
          try {
            yield OptionalLong.of(number.longValueExact()); // 1500.0 and 1.5e3 are whole
          } catch (ArithmeticException e) {
            throw wrong(name, "a whole number", value);
          }
        }
        default -> throw wrong(name, "a whole number", value);
      };
    }

    private long requireWhole(String name) {
      return whole(name)
          .orElseThrow(() -> new InvalidInteractionException(at(name) + ": it is missing"));
    }

    private int channels() {
      long channels = whole("channels").orElse(0);
      if (channels < 0 || channels > Integer.MAX_VALUE) {
        throw wrong("channels", "a number of audio channels", channels);
      }
      return (int) channels;
    }

    private boolean flag(String name) {
      Object value = take(name);
      return switch (value) {
        case null -> false;
        case Boolean flag -> flag;
        default -> throw wrong(name, "true or false", value);
      };
    }

    private Optional<Double> decimal(String name) {
      Object value = take(name);
      return switch (value) {
        case null -> Optional.empty();
        case Number number -> Optional.of(number.doubleValue());
        default -> throw wrong(name, "a number", value);
      };
    }

    private Optional<Instant> instant(String name) {
      Optional<String> text = text(name);
      try {
        return text.map(InteractionJsonReader::parsedInstant);
      } catch (DateTimeException e) {
        throw wrong(
            name, "an instant with its offset, such as 2026-05-01T09:30:00Z", text.orElse(""));
      }
    }

    private <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
      Optional<String> text = text(name);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equalsIgnoreCase(text.get().trim())) {
          return Optional.of(constant);
        }
      }
      String allowed =
          String.join(
              ", ",
              List.of(type.getEnumConstants()).stream()
                  .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                  .toList());
      throw wrong(name, "one of " + allowed, text.get());
    }

    private <T> Optional<T> one(String name, Function<Fields, T> reader) {
      Object value = take(name);
      return switch (value) {
        case null -> Optional.empty();
        case Map<?, ?> map -> Optional.of(reader.apply(new Fields(map, at(name))));
        default -> throw wrong(name, "an object", value);
      };
    }

    private <T> List<T> each(String name, Function<Fields, T> reader) {
      Object value = take(name);
      if (value == null) {
        return List.of();
      }
      if (!(value instanceof List<?> list)) {
        throw wrong(name, "a list of objects", value);
      }
      List<T> read = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        String element = name + "[" + i + "]";
        if (!(list.get(i) instanceof Map<?, ?> map)) {
          throw wrong(element, "an object", list.get(i));
        }
        read.add(reader.apply(new Fields(map, at(element))));
      }
      return read;
    }

    private void keepUnknown() {
      values.forEach(
          (name, value) -> {
            if (value != null) {
              unknown.put(at(name), scalar(value));
            }
          });
    }

    /** All values as text; those that are null are left out. */
    private Map<String, String> scalars() {
      Map<String, String> scalars = new LinkedHashMap<>();
      values.forEach(
          (name, value) -> {
            if (value != null) {
              scalars.put(name, scalar(value));
            }
          });
      return scalars;
    }
  }
}
