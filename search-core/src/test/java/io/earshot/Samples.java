package io.earshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Small invented interactions for tests. */
final class Samples {
  static final Instant MAY = Instant.parse("2026-05-04T09:30:00Z");

  private Samples() {}

  static Interaction chat(String id, String customer, Instant startedAt, String... lines) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      turns.add(
          Turn.builder(i % 2 == 0 ? "kim" : "agent-1")
              .at(startedAt.plusSeconds(60L * i))
              .text(lines[i])
              .build());
    }
    return Interaction.builder(id, Channel.CHAT, startedAt)
        .customers(List.of(customer))
        .participants(
            List.of(
                Participant.of("kim", Role.CUSTOMER).withName("Kim Doe"),
                Participant.of("agent-1", Role.AGENT).withName("Nina Kraus")))
        .turns(turns)
        .build();
  }

  static Interaction mail(
      String id, String customer, Instant startedAt, String subject, Turn turn) {
    return Interaction.builder(id, Channel.EMAIL, startedAt)
        .customers(List.of(customer))
        .direction(Direction.INBOUND)
        .subject(subject)
        .participants(
            List.of(
                Participant.of("kim@example.com", Role.CUSTOMER)
                    .withName("Kim Doe")
                    .withAs(AddressField.FROM)))
        .turns(List.of(turn))
        .build();
  }

  /** A call: the customer says each text, ten words a second, turn after turn. */
  static Interaction call(String id, String customer, Instant startedAt, String... utterances) {
    List<Turn> turns = new ArrayList<>();
    long time = 1_000;
    for (String utterance : utterances) {
      List<Word> words = new ArrayList<>();
      long start = time;
      for (String word : utterance.split(" ")) {
        words.add(new Word(word, time, time + 90, 0.9));
        time += 100;
      }
      turns.add(
          Turn.builder("caller").audio(start, time - 10).text(utterance).words(words).build());
      time += 1_000;
    }
    return Interaction.builder(id, Channel.CALL, startedAt)
        .customers(List.of(customer))
        .participants(List.of(Participant.of("caller", Role.CUSTOMER)))
        .turns(turns)
        .recording(new Recording(id + ".wav", time, 1, false))
        .transcript(new TranscriptInfo("vosk", "tiny", "0.3.45", 0.9))
        .build();
  }

  static List<String> ids(SearchResult result) {
    return result.hits().stream().map(Hit::id).toList();
  }

  /** What the passage's highlights mark. */
  static List<String> marked(Passage passage) {
    return passage.highlights().stream()
        .map(highlight -> passage.text().substring(highlight.start(), highlight.end()))
        .toList();
  }
}
