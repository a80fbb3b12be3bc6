package io.earshot;

import io.earshot.internal.Fields;
import io.earshot.internal.Identifiers;
import io.earshot.internal.Identifiers.Identifier;
import io.earshot.internal.LongValue;
import io.earshot.internal.MomentMap;
import io.earshot.internal.Questions;
import io.earshot.internal.SegmentTokenStream;
import io.earshot.internal.SegmentedText;
import io.earshot.internal.Texts;
import io.earshot.internal.Tokens;
import io.earshot.internal.Vocabulary;
import io.earshot.internal.WordTimes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.util.BytesRef;

/**
 * Lays an interaction out as Lucene documents: one for each of its customers.
 *
 * <p>All turns are one field, so that a query whose words fall in different turns still matches.
 * Offsets lie in the postings, so that highlighting reads no text. The texts and the map of moments
 * are doc values, so that showing a passage does not unpack the JSON form.
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
  private final TurnLanguages languages;
  private final FilterFields filters;
  private final SegmentedText text = new SegmentedText();
  private final SegmentedText quoted = new SegmentedText();
  private final SegmentedText attachments = new SegmentedText();
  private final SegmentedText subject = new SegmentedText();
  private final List<BytesRef> words;
  private final Set<Identifier> identifiers = new LinkedHashSet<>();
  private final long startedAtMs;
  private OptionalLong lastTurnEndsMs = OptionalLong.empty();
  private final OptionalLong endMs;
  private final BytesRef texts;
  private final BytesRef moments;

  private InteractionDocument(Interaction interaction, TurnLanguages languages) {
    this.interaction = interaction;
    this.languages = languages;
    filters = new FilterFields(interaction, languages.all());
    startedAtMs = epochMillis(interaction.startedAt());
    MomentMap.Builder map = new MomentMap.Builder();
    interaction.subject().ifPresent(line -> subject.add(line, languages.ofAside(line)));
    for (Attachment attachment : interaction.attachments()) {
      String content = attachment.text().map(found -> "\n" + found).orElse("");
      attachments.add(attachment.name() + content, languages.ofAside(attachment.text().orElse("")));
      map.attachment(attachment.name().length() + content.length());
    }
    addTurns(map);
    interaction.subject().ifPresent(this::identify);
    interaction.attributes().values().forEach(this::identify);
    endMs = endMs();
    map.endMs(endMs.orElse(0));
    requireRoom("turns", text);
    requireRoom("quotes and signatures", quoted);
    requireRoom("attachments", attachments);
    requireRoom("subject", subject);
    moments = map.encode();
    texts = Texts.encode(List.of(text.text(), subject.text(), attachments.text(), quoted.text()));
    words = Vocabulary.of(List.of(text, subject, attachments, quoted));
  }

  /** The documents of an interaction, one for each customer. */
  static List<Document> of(
      Interaction interaction, LanguageDetector detector, String defaultLanguage) {
    requireIndexable("id", interaction.id());
    interaction.customers().forEach(customer -> requireIndexable("customer", customer));
    InteractionDocument layout =
        new InteractionDocument(
            interaction, new TurnLanguages(interaction, detector, defaultLanguage));
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

  private void requireRoom(String what, SegmentedText segments) {
    if (segments.positions() > IndexWriter.MAX_POSITION) {
      throw new IllegalArgumentException(
          "EARSHOT-113: the interaction's %s are too many to index: %,d of them with %,d words take %,d positions, and there are %,d (each word takes one and each of them %,d more). Split the interaction (id=%s)"
              .formatted(
                  what,
                  segments.segments(),
                  segments.words(),
                  segments.positions(),
                  IndexWriter.MAX_POSITION,
                  SegmentedText.GAP,
                  interaction.id()));
    }
  }

  private Document document(String customer) {
    Document document = new Document();
    keyword(document, Fields.CUSTOMER, customer);
    keyword(document, Fields.ID, interaction.id());
    keyword(document, Fields.CHANNEL, interaction.channel().name());
    interaction.direction().ifPresent(d -> keyword(document, Fields.DIRECTION, d.name()));
    document.add(new NumericDocValuesField(Fields.STARTED_AT, startedAtMs));
    endMs.ifPresent(end -> document.add(new NumericDocValuesField(Fields.DURATION, end)));
    if (interaction.channel().equals(Channel.CALL)) {
      document.add(new NumericDocValuesField(Fields.COVERAGE, (long) (COVERAGE_UNIT * heard())));
    }
    filters.addTo(document);
    searched(document, Fields.SUBJECT, subject);
    searched(document, Fields.TEXT, text);
    searched(document, Fields.QUOTED, quoted);
    searched(document, Fields.ATTACHMENT, attachments);
    Set<String> codes = new TreeSet<>();
    for (SegmentedText searched : List.of(text, subject, attachments, quoted)) {
      codes.addAll(searched.languages());
    }
    for (String code : codes) {
      document.add(new StringField(Fields.STEMMED_IN, code, Field.Store.NO));
    }
    for (BytesRef word : words) {
      document.add(new SortedSetDocValuesField(Fields.WORDS, word));
    }
    for (Identifier identifier : identifiers) {
      document.add(new StringField(Fields.IDENTIFIER, identifier.canonical(), Field.Store.NO));
      document.add(
          new SortedSetDocValuesField(Fields.IDENTIFIER, new BytesRef(identifier.display())));
    }
    if (Vocabulary.isTelling(text)) {
      document.add(new NumericDocValuesField(Fields.DIGEST, Vocabulary.digest(text)));
    }
    LongValue.add(document, Fields.MOMENTS, moments);
    LongValue.add(document, Fields.TEXTS, texts);
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
    if (segments.segments() > 0) {
      // Also without a word in it: Lucene wants a field indexed alike in every document.
      document.add(new Field(name, new SegmentTokenStream(segments), SEARCHED));
    }
  }

  private void addTurns(MomentMap.Builder map) {
    Map<String, Integer> speakers = new HashMap<>();
    for (Participant participant : interaction.participants()) {
      if (speakers.putIfAbsent(participant.id(), speakers.size()) == null) {
        map.speaker(
            new MomentMap.Speaker(
                participant.id(),
                participant.displayName(),
                participant.address().orElse(""),
                participant.role().name()));
      }
    }
    for (int i = 0; i < interaction.turns().size(); i++) {
      Turn turn = interaction.turns().get(i);
      String turnLanguage = languages.ofTurn(i);
      Tokens tokens = text.add(turn.text(), turnLanguage);
      int speaker = speakers.getOrDefault(turn.participant(), -1);
      addTurn(map, turn, turnLanguage, tokens, speaker);
      identify(turn.text());
      if (turn.quotedText().isPresent()) {
        quoted.add(turn.quotedText().get(), languages.ofQuoted(i, turn.quotedText().get()));
        map.aside(i, turn.quotedText().get().length(), false);
      }
      if (turn.signature().isPresent()) {
        quoted.add(turn.signature().get(), turnLanguage);
        map.aside(i, turn.signature().get().length(), true);
      }
    }
  }

  private void identify(String found) {
    identifiers.addAll(Identifiers.in(found));
  }

  private void addTurn(
      MomentMap.Builder map, Turn turn, String turnLanguage, Tokens tokens, int speaker) {
    List<Word> heard = turn.words();
    long start = turn.startMs().orElse(heard.isEmpty() ? -1 : heard.getFirst().startMs());
    long end = Math.max(start, turn.endMs().orElse(heard.isEmpty() ? -1 : heard.getLast().endMs()));
    long at = turn.at().map(this::sinceStart).orElse(MomentMap.NO_TIME);
    map.turn(
        speaker,
        turn.text().length(),
        tokens.size(),
        at,
        start,
        end,
        heard.isEmpty() ? new long[0] : wordTimes(turn.text(), heard, tokens));
    map.asked(Questions.in(turn.text(), tokens, turnLanguage, start >= 0));
    long ends = start >= 0 ? end : at; // as for words: the recording knows better
    if (ends != MomentMap.NO_TIME) {
      lastTurnEndsMs = OptionalLong.of(Math.max(ends, lastTurnEndsMs.orElse(0)));
    }
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

  /** How long the interaction lasted: what the recording says, else its end, else its turns. */
  private OptionalLong endMs() {
    long recorded = interaction.recording().map(Recording::durationMs).orElse(0L);
    if (recorded > 0) { // 0 stands for a length that was not given
      return OptionalLong.of(recorded);
    }
    return interaction.endedAt().isPresent()
        ? OptionalLong.of(Math.max(0, sinceStart(interaction.endedAt().get())))
        : lastTurnEndsMs;
  }

  /** Milliseconds since the interaction began, kept within the range of a long. */
  private long sinceStart(Instant instant) {
    long epoch = epochMillis(instant);
    long since = epoch - startedAtMs;
    if (((epoch ^ startedAtMs) & (epoch ^ since)) < 0) {
      return epoch < startedAtMs ? Long.MIN_VALUE + 1 : Long.MAX_VALUE;
    }
    return Math.max(Long.MIN_VALUE + 1, since); // the very last stands for no time
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
