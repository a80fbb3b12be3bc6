package io.earshot.cli;

import io.earshot.AddressField;
import io.earshot.Attachment;
import io.earshot.Channel;
import io.earshot.Direction;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Recording;
import io.earshot.Role;
import io.earshot.Turn;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the history of {@code docs/query-language.md}: people first, then interactions, a paragraph
 * each; columns are two blanks or more apart.
 */
final class DocumentedHistory {
  private static final Pattern MOMENT = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");

  private final ZoneId zone;
  private final Map<String, Participant> people = new LinkedHashMap<>();

  private DocumentedHistory(ZoneId zone) {
    this.zone = zone;
  }

  static List<Interaction> read(String text, ZoneId zone) {
    DocumentedHistory history = new DocumentedHistory(zone);
    List<String> paragraphs = List.of(text.strip().split("\n\n"));
    paragraphs.getFirst().lines().forEach(history::person);
    return paragraphs.stream().skip(1).map(history::interaction).toList();
  }

  private static List<String> columns(String line) {
    return Arrays.asList(line.strip().split(" {2,}"));
  }

  private void person(String line) {
    List<String> columns = columns(line);
    String name = columns.getFirst();
    Participant person =
        Participant.of(
                columns.size() > 3 ? columns.get(3) : name.toLowerCase(Locale.ROOT),
                Role.valueOf(columns.get(1).toUpperCase(Locale.ROOT)))
            .withName(name);
    people.put(name, columns.size() > 2 ? person.withAddress(columns.get(2)) : person);
  }

  private Interaction interaction(String paragraph) {
    List<String> lines = paragraph.lines().toList();
    List<String> head = columns(lines.getFirst());
    LocalDateTime startedAt = LocalDateTime.parse(head.get(3).replace(' ', 'T'));
    Interaction.Builder interaction =
        Interaction.builder(head.get(0), Channel.of(head.get(1)), instant(startedAt))
            .customers(List.of("c-1"))
            .direction(Direction.valueOf(head.get(2).toUpperCase(Locale.ROOT)));
    Map<String, Participant> speakers = new LinkedHashMap<>();
    List<Turn.Builder> turns = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> columns = columns(line);
      String key = columns.getFirst();
      String value = columns.getLast();
      String speaker = columns.size() == 3 ? columns.get(1) : key;
      if (people.containsKey(speaker)) {
        Participant person = people.get(speaker);
        speakers.put(
            speaker, head.get(1).equals("email") ? person.withAs(AddressField.FROM) : person);
        turns.add(turn(person, key, value, startedAt));
      } else {
        switch (key) {
          case "subject" -> interaction.subject(value);
          case "thread" -> interaction.thread(value);
          case "language" -> interaction.language(value);
          case "tags" -> interaction.tags(List.of(value.split(", ")));
          case "quoted" -> turns.getLast().quotedText(value);
          case "ended" ->
              interaction.endedAt(instant(startedAt.toLocalDate().atTime(LocalTime.parse(value))));
          case "recording" -> interaction.recording(recording(value));
          case "attachment" -> interaction.attachments(List.of(attachment(value)));
          default -> interaction.attribute(key, value);
        }
      }
    }
    return interaction
        .participants(List.copyOf(speakers.values()))
        .turns(turns.stream().map(Turn.Builder::build).toList())
        .build();
  }

  private Turn.Builder turn(Participant speaker, String when, String text, LocalDateTime start) {
    Turn.Builder turn = Turn.builder(speaker.id()).text(text);
    Matcher moment = MOMENT.matcher(when);
    if (moment.matches()) {
      turn.audio(millis(moment.group(1)), millis(moment.group(2)));
    } else if (TIME.matcher(when).matches()) {
      turn.at(instant(start.toLocalDate().atTime(LocalTime.parse(when))));
    }
    return turn;
  }

  private Instant instant(LocalDateTime time) {
    return time.atZone(zone).toInstant();
  }

  private static long millis(String minutesAndSeconds) {
    return LocalTime.parse("00:" + minutesAndSeconds).toSecondOfDay() * 1_000L;
  }

  private static Recording recording(String seconds) {
    long millis = Long.parseLong(seconds.replace(" s", "")) * 1_000;
    return new Recording("call.wav", millis, 2, false);
  }

  private static Attachment attachment(String nameAndText) {
    String[] parts = nameAndText.split(": ", 2);
    return new Attachment(parts[0], Optional.empty(), OptionalLong.empty(), Optional.of(parts[1]));
  }
}
