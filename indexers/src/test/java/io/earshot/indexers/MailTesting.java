package io.earshot.indexers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.earshot.AddressField;
import io.earshot.Attachment;
import io.earshot.Interaction;
import io.earshot.Participant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What the tests of the mail readers share. */
final class MailTesting {
  private MailTesting() {}

  /** A sink that keeps everything as it came. */
  static final class Collected implements InteractionReader.Sink {
    final List<Interaction> interactions = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();

    @Override
    public void interaction(Interaction interaction) {
      interactions.add(interaction);
    }

    @Override
    public void rejected(String position, String reason) {
      rejected.add(position + ": " + reason);
    }

    @Override
    public void warning(String position, String message) {
      warnings.add(position.isEmpty() ? message : position + ": " + message);
    }

    Interaction only() {
      if (interactions.size() != 1) {
        throw new AssertionError("one interaction expected, got " + interactions.size());
      }
      return interactions.get(0);
    }
  }

  /** The folder of that name in the third-party sample data; skips the test where it is absent. */
  static Path data(String name) {
    Path folder = Path.of(System.getProperty("earshot.data", "")).resolve(name);
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        () -> "sample data is not here; set -Dearshot.data (" + name + ")");
    return folder;
  }

  static Path resource(String name) {
    return Path.of("src", "test", "resources", "email").resolve(name);
  }

  /** Writes the mail with CRLF line ends, one byte a character, and reads it. */
  static Collected read(Path folder, String mail) throws IOException {
    return read(folder, mail.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  static Collected read(Path folder, byte[] mail) throws IOException {
    Path file = Files.write(folder.resolve("mail.eml"), mail);
    return read(new EmailReader(), file);
  }

  static Collected read(InteractionReader reader, Path file) throws IOException {
    Collected collected = new Collected();
    reader.read(InputFile.of(file), collected);
    return collected;
  }

  static List<String> addresses(Interaction mail, AddressField as) {
    return mail.participants().stream()
        .filter(participant -> participant.as().filter(as::equals).isPresent())
        .map(participant -> participant.address().orElse(""))
        .toList();
  }

  static Participant sender(Interaction mail) {
    return mail.participant(mail.turns().get(0).participant()).orElseThrow();
  }

  /** Everything of the body, with white space collapsed. */
  static String wholeBody(Interaction mail) {
    StringBuilder text = new StringBuilder();
    mail.turns()
        .forEach(
            turn ->
                text.append(turn.text())
                    .append('\n')
                    .append(turn.quotedText().orElse(""))
                    .append('\n')
                    .append(turn.signature().orElse(""))
                    .append('\n'));
    return collapsed(text.toString());
  }

  static String attachedText(Interaction mail) {
    StringBuilder text = new StringBuilder();
    for (Attachment attachment : mail.attachments()) {
      text.append(attachment.text().orElse("")).append('\n');
    }
    return collapsed(text.toString());
  }

  static String collapsed(String text) {
    return text.replaceAll("[\\s\\u00A0]+", " ").strip();
  }

  /** JSON Lines as maps, lists, strings, numbers and booleans. */
  static List<Map<String, Object>> jsonLines(Path file) throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try (JsonParser parser = new JsonFactory().createParser(line)) {
        parser.nextToken();
        objects.add(object(parser));
      }
    }
    return objects;
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> parser.getText();
    };
  }
}
