package io.earshot.transcription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists of models as Vosk publishes its own: a JSON array of objects with {@code name}, {@code
 * url}, {@code md5}, {@code size}, {@code lang}, {@code lang_text}, {@code type}, {@code version}
 * and {@code obsolete}; here also with {@code sha256}.
 */
final class ModelCatalogue {
  static final int MOST_BYTES = 16 * 1_024 * 1_024;

  private static final String USUAL_NAME = "model-list.json";
  private static final Pattern SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]+):.*");
  private static final JsonFactory JSON = new JsonFactory();

  private ModelCatalogue() {}

  /**
   * The address of a list.
   *
   * @param text an address, or the path of a file; at the end of a folder the list has its usual
   *     name
   * @throws IllegalArgumentException if it is neither
   */
  static URI address(String text) {
    try {
      URI address =
          SCHEME.matcher(text).matches()
              ? URI.create(text)
              : Path.of(text).toAbsolutePath().toUri();
      if (!text.isBlank() && canBeFetched(address)) {
        return address.getPath().endsWith("/") ? address.resolve(USUAL_NAME) : address;
      }
    } catch (InvalidPathException e) {
      // refused below, as another scheme is
    } catch (IllegalArgumentException e) {
      // likewise
    }
    throw new IllegalArgumentException(
        "expected an http, https or file address, or a file, got \"" + text + "\"");
  }

  /** Whether it is an address of a kind that is known, with all that belongs to it. */
  static boolean canBeFetched(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "http", "https" -> address.getHost() != null;
      case "file" ->
          address.getPath() != null
              && address.getAuthority() == null
              && address.getQuery() == null
              && address.getFragment() == null;
      default -> false;
    };
  }

  /**
   * Reads a list. What is no model that can be named and fetched is passed over.
   *
   * @param address the list's own, against which relative addresses are resolved
   * @throws SpeechModelException if it is no list
   */
  static List<AvailableModel> read(byte[] list, URI address) throws IOException {
    List<AvailableModel> models = new ArrayList<>();
    try (JsonParser json = JSON.createParser(list)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw noList(address, "it is no JSON array");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
          model(fields(json), address).ifPresent(models::add);
        } else {
          json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw noList(address, "it is not JSON: " + e.getOriginalMessage());
    }
    return List.copyOf(models);
  }

  private static SpeechModelException noList(URI address, String reason) {
    return new SpeechModelException(
        "EARSHOT-224: "
            + address
            + " is no list of models: "
            + reason
            + ". Give the address of a list like Vosk's, "
            + ModelStore.VOSK_LIST
            + ".");
  }

  private static Map<String, String> fields(JsonParser json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        fields.put(name, json.getText().strip());
      } else {
        json.skipChildren();
      }
    }
    return fields;
  }

  private static Optional<AvailableModel> model(Map<String, String> fields, URI list) {
    String name = fields.getOrDefault("name", "");
    Optional<URI> url = url(fields.getOrDefault("url", ""), list);
    if (!ModelStore.isName(name) || url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AvailableModel(
            name,
            fields.getOrDefault("lang", ""),
            fields.getOrDefault("lang_text", ""),
            fields.getOrDefault("type", ""),
            fields.getOrDefault("version", ""),
            size(fields.getOrDefault("size", "")),
            fields.getOrDefault("obsolete", "").equalsIgnoreCase("true"),
            url.get(),
            digest(fields, "md5"),
            digest(fields, "sha256")));
  }

  private static Optional<URI> url(String text, URI list) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(list.resolve(text)).filter(ModelCatalogue::canBeFetched);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long size(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static Optional<String> digest(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .filter(value -> !value.isEmpty())
        .map(value -> value.toLowerCase(Locale.ROOT));
  }
}
