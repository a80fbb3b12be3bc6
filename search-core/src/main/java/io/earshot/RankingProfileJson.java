package io.earshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.earshot.RankingProfile.Rarity;
import io.earshot.RankingProfile.Setting;
import io.earshot.internal.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RankingProfile} to and from JSON. Strict: a misspelt setting would be tuned in vain. Not
 * thread-safe.
 */
final class RankingProfileJson {
  private static final String RECENCY = "recency";
  private static final String CHANNELS = "channels";
  private static final String RARITY = "rarity";
  private static final String SHARE = "share";
  private static final String HALF_LIFE = "halfLife";

  private static final Map<String, Setting> NUMBERS =
      Stream.of(Setting.values())
          .filter(setting -> setting != Setting.RECENCY)
          .collect(Collectors.toMap(Setting::label, setting -> setting));

  private final RankingProfile.Builder profile = RankingProfile.builder();
  private final JsonParser json;
  private final String file;

  private RankingProfileJson(JsonParser json, String file) {
    this.json = json;
    this.file = file;
  }

  static RankingProfile read(Path file) throws IOException {
    String text;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw refused("it is not UTF-8", "file=" + file, e);
    }
    return parse(text.startsWith("\uFEFF") ? text.substring(1) : text, "file=" + file + ", ");
  }

  /**
   * Reads a profile.
   *
   * @param file what a message says of where the text is from
   */
  static RankingProfile parse(String text, String file) {
    try (JsonParser json = Json.parser(text)) {
      return new RankingProfileJson(json, file).profile();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw refused("it is not JSON: " + e.getOriginalMessage(), file + "line=" + line, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can be read
    }
  }

  static String write(RankingProfile profile) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.generator(out)) {
      Separators separators =
          Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
      json.setPrettyPrinter(
          new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n")));
      json.writeStartObject();
      for (Setting setting : Setting.values()) {
        if (setting != Setting.RECENCY) {
          json.writeNumberField(setting.label(), profile.value(setting));
        }
      }
      json.writeObjectFieldStart(RECENCY);
      json.writeNumberField(SHARE, profile.recency());
      json.writeStringField(HALF_LIFE, shown(profile.halfLife()));
      json.writeEndObject();
      json.writeObjectFieldStart(CHANNELS);
      for (Map.Entry<Channel, Double> channel : profile.channels().entrySet()) {
        json.writeNumberField(channel.getKey().name(), channel.getValue());
      }
      json.writeEndObject();
      json.writeStringField(RARITY, name(profile.rarity()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return out.toString();
  }

  private static String shown(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? "P" + duration.toDays() + "D"
        : duration.toString();
  }

  private static String name(Rarity rarity) {
    return rarity.name().toLowerCase(Locale.ROOT);
  }

  private RankingProfile profile() throws IOException {
    json.nextToken();
    object("a profile", this::field);
    if (json.nextToken() != null) {
      throw wrong("there is more after the profile");
    }
    return profile.build();
  }

  private void field(String name) throws IOException {
    Setting setting = NUMBERS.get(name);
    if (setting != null) {
      number(name, value -> profile.set(setting, value));
      return;
    }
    switch (name) {
      case RECENCY -> object(name, this::recency);
      case CHANNELS -> object(name, this::channel);
      case RARITY -> profile.rarity(rarity());
      default -> {
        List<String> known = new ArrayList<>();
        Stream.of(Setting.values()).forEach(one -> known.add(one.label()));
        known.addAll(List.of(CHANNELS, RARITY));
        throw unknown(name, known);
      }
    }
  }

  private void recency(String name) throws IOException {
    switch (name) {
      case SHARE -> number(RECENCY + ".share", value -> profile.set(Setting.RECENCY, value));
      case HALF_LIFE -> halfLife();
      default -> throw unknown(RECENCY + "." + name, List.of(SHARE, HALF_LIFE));
    }
  }

  private void channel(String name) throws IOException {
    number(CHANNELS + "." + name, weight -> profile.channel(Channel.of(name), weight));
  }

  /** Reads one field of an object; the parser stands at its value. */
  @FunctionalInterface
  private interface Field {
    void read(String name) throws IOException;
  }

  private void object(String what, Field field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("%s: expected an object, got %s".formatted(what, shown()));
    }
    Set<String> seen = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!seen.add(name)) {
        throw wrong(name + ": it is there a second time");
      }
      json.nextToken();
      field.read(name);
    }
  }

  private void number(String name, DoubleConsumer setting) throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw wrong("%s: expected a number, got %s".formatted(name, shown()));
    }
    try {
      setting.accept(json.getDoubleValue());
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void halfLife() throws IOException {
    try {
      profile.halfLife(Duration.parse(json.getText()));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw wrong(
          "recency.halfLife: expected a positive duration such as \"P180D\" or \"PT12H\", got "
              + shown());
    }
  }

  private Rarity rarity() throws IOException {
    for (Rarity one : Rarity.values()) {
      if (json.currentToken() == JsonToken.VALUE_STRING && name(one).equals(json.getText())) {
        return one;
      }
    }
    String names =
        Stream.of(Rarity.values()).map(one -> name(one)).collect(Collectors.joining(", "));
    throw wrong("rarity: expected one of %s, got %s".formatted(names, shown()));
  }

  /** What stands there, for a message. */
  private String shown() throws IOException {
    JsonToken token = json.currentToken();
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> {
        String text = json.getText();
        yield text.length() > 50 ? "a text" : '"' + text + '"';
      }
      default -> json.getText();
    };
  }

  private EarshotException unknown(String name, List<String> known) {
    return wrong("there is no setting %s; there are %s".formatted(name, String.join(", ", known)));
  }

  private EarshotException wrong(String what) {
    return refused(what, file + "line=" + json.currentTokenLocation().getLineNr(), null);
  }

  private static EarshotException refused(String what, String where, @Nullable Exception cause) {
    String message =
        "the ranking profile cannot be read: %s (%s). Mend it; the settings are in docs/ranking.md"
            .formatted(what, where);
    return cause == null
        ? new EarshotException("EARSHOT-115", message)
        : new EarshotException("EARSHOT-115", message, cause);
  }
}
