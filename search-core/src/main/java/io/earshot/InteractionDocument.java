package io.earshot;

import io.earshot.internal.Fields;
import io.earshot.internal.MomentMap;
import io.earshot.internal.SegmentTokenStream;
import io.earshot.internal.SegmentedText;
import io.earshot.internal.Tokens;
import io.earshot.internal.WordTimes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * Lays an interaction out as Lucene documents: one for each of its customers.
 *
 * <p>All turns are one field, so that a query whose words fall in different turns still matches.
 * Offsets lie in the postings, so that highlighting reads no text. Short stored texts come before
 * the JSON form, so that showing a passage need not read past them.
 */
final class InteractionDocument {
  /** Parts that coverage is counted in: a doc value holds whole numbers. */
  static final double COVERAGE_UNIT = 1_000;

  // Well below what Lucene takes as one term, 32,766 bytes.
  private static final int MAX_KEYWORD_BYTES = 8_000;

  private static final FieldType SEARCHED = new FieldType();

  static {
    SEARCHED.setTokenized(true);
    SEARCHED.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    SEARCHED.freeze();
  }

  private final Interaction interaction;
  private final String language;
  private final SegmentedText text = new SegmentedText();
  private final SegmentedText quoted = new SegmentedText();
  private final SegmentedText attachments = new SegmentedText();
  private final SegmentedText subject = new SegmentedText();
  private final BytesRef moments;

  private InteractionDocument(Interaction interaction, String defaultLanguage) {
    this.interaction = interaction;
    language = interaction.language().orElse(defaultLanguage);
    MomentMap.Builder map = new MomentMap.Builder();
    interaction.subject().ifPresent(line -> subject.add(line, language));
    for (Attachment attachment : interaction.attachments()) {
      String content = attachment.text().map(found -> "\n" + found).orElse("");
      attachments.add(attachment.name() + content, language);
      map.attachment(attachment.name().length() + content.length());
    }
    moments = moments(map);
  }

  /** The documents of an interaction, one for each customer. */
  static List<Document> of(Interaction interaction, String defaultLanguage) {
    requireIndexable("id", interaction.id());
    interaction.customers().forEach(customer -> requireIndexable("customer", customer));
    InteractionDocument layout = new InteractionDocument(interaction, defaultLanguage);
    List<Document> documents = new ArrayList<>();
    for (String customer : interaction.customers()) {
      documents.add(layout.document(customer));
    }
    return documents;
  }

  private static void requireIndexable(String name, String value) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException(
          "EARSHOT-110: the interaction's %s holds half a surrogate pair, so it is no text. Repair it"
              .formatted(name));
    }
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_KEYWORD_BYTES) {
      throw new IllegalArgumentException(
          "EARSHOT-109: the interaction's %s has %,d bytes of UTF-8, and may have %,d (it begins \"%s\"). Shorten it"
              .formatted(name, bytes, MAX_KEYWORD_BYTES, value.substring(0, 40)));
    }
  }

  private Document document(String customer) {
    Document document = new Document();
    keyword(document, Fields.CUSTOMER, customer);
    keyword(document, Fields.ID, interaction.id());
    keyword(document, Fields.CHANNEL, interaction.channel().name());
    interaction.direction().ifPresent(d -> keyword(document, Fields.DIRECTION, d.name()));
    document.add(
        new NumericDocValuesField(Fields.STARTED_AT, epochMillis(interaction.startedAt())));
    if (interaction.channel().equals(Channel.CALL)) {
      document.add(new NumericDocValuesField(Fields.COVERAGE, (long) (COVERAGE_UNIT * heard())));
    }
    document.add(new BinaryDocValuesField(Fields.MOMENTS, moments));
    searched(document, Fields.SUBJECT, subject);
    searched(document, Fields.TEXT, text);
    searched(document, Fields.QUOTED, quoted);
    searched(document, Fields.ATTACHMENT, attachments);
    String json = InteractionJson.write(interaction.withCustomer(customer));
    document.add(new StoredField(Fields.JSON, json.getBytes(StandardCharsets.UTF_8)));
    return document;
  }

  /** Share of a call that was heard; a transcript that does not say is taken at its word. */
  private double heard() {
    boolean silent = interaction.turns().stream().allMatch(turn -> turn.text().isBlank());
    return interaction.transcript().map(TranscriptInfo::coverage).orElse(silent ? 0.0 : 1.0);
  }

  private static void keyword(Document document, String name, String value) {
    document.add(new StringField(name, value, Field.Store.NO));
    document.add(new SortedDocValuesField(name, new BytesRef(value)));
  }

  private static void searched(Document document, String name, SegmentedText segments) {
    String content = segments.text();
    if (content.isEmpty()) {
      return;
    }
    document.add(new StoredField(name, content));
    // Also without a word in it: Lucene wants a field indexed alike in every document.
    document.add(new Field(name, new SegmentTokenStream(segments), SEARCHED));
  }

  private BytesRef moments(MomentMap.Builder map) {
    Map<String, Integer> speakers = new HashMap<>();
    for (Participant participant : interaction.participants()) {
      if (speakers.putIfAbsent(participant.id(), speakers.size()) == null) {
        map.speaker(participant.displayName(), participant.role().name());
      }
    }
    for (int i = 0; i < interaction.turns().size(); i++) {
      Turn turn = interaction.turns().get(i);
      String turnLanguage = turn.language().orElse(language);
      Tokens tokens = text.add(turn.text(), turnLanguage);
      int speaker = speakers.getOrDefault(turn.participant(), 0);
      turn(map, turn, tokens, speaker);
      for (Optional<String> aside : List.of(turn.quotedText(), turn.signature())) {
        if (aside.isPresent()) {
          quoted.add(aside.get(), turnLanguage);
          map.aside(i, aside.get().length());
        }
      }
    }
    return map.encode();
  }

  private static void turn(MomentMap.Builder map, Turn turn, Tokens tokens, int speaker) {
    List<Word> words = turn.words();
    long start = turn.startMs().orElse(words.isEmpty() ? -1 : words.getFirst().startMs());
    long end = turn.endMs().orElse(words.isEmpty() ? -1 : words.getLast().endMs());
    map.turn(
        speaker,
        turn.text().length(),
        tokens.size(),
        turn.at().map(InteractionDocument::epochMillis).orElse(MomentMap.NO_TIME),
        start,
        Math.max(start, end),
        words.isEmpty() ? new long[0] : wordTimes(turn.text(), words, tokens));
  }

  private static long[] wordTimes(String text, List<Word> words, Tokens tokens) {
    List<String> heard = new ArrayList<>(words.size());
    long[] times = new long[2 * words.size()];
    for (int i = 0; i < words.size(); i++) {
      heard.add(words.get(i).text());
      times[2 * i] = words.get(i).startMs();
      times[2 * i + 1] = words.get(i).endMs();
    }
    return WordTimes.align(text, tokens, heard, times);
  }

  /** Times beyond the range of a long in milliseconds are kept at its end. */
  static long epochMillis(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
