package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.Fields;
import io.earshot.internal.Identifiers;
import io.earshot.internal.SegmentTokenStream;
import io.earshot.internal.SegmentedText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * The fields of an interaction that filters and facets ask for.
 *
 * <p>Tags, attributes, threads and names have any length in an interaction and at most {@value
 * Analysis#MAX_VALUE_BYTES} bytes in a term: two that differ only behind that are the same to a
 * filter. Lucene fixes the layout of a field by its first document, so a field that has both terms
 * and doc values has both in every document that has it at all.
 */
final class FilterFields {
  // A facet is a label to click on; whole paragraphs, which attributes may be, are none.
  private static final int LONGEST_FACET_BYTES = 200;

  private static final FieldType NAMES = new FieldType();

  static {
    NAMES.setTokenized(true);
    NAMES.setOmitNorms(true);
    NAMES.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    NAMES.freeze();
  }

  private final Interaction interaction;
  private final Set<String> languages;

  /**
   * The fields of that interaction.
   *
   * @param languages those it is in, or is taken to be in, in lower case
   */
  FilterFields(Interaction interaction, Set<String> languages) {
    this.interaction = interaction;
    this.languages = languages;
  }

  /** Adds all of them to a document. */
  void addTo(Document document) {
    for (String language : languages) {
      term(document, Fields.LANGUAGE, Analysis.cut(language));
      oneOf(document, Fields.LANGUAGE, language);
    }
    interaction.thread().ifPresent(thread -> keyword(document, Fields.THREAD, thread));
    for (String tag : interaction.tags()) {
      term(document, Fields.TAG, Analysis.cut(Analysis.folded(tag)));
      oneOf(document, Fields.TAG, tag);
    }
    whatItHas().forEach(name -> term(document, Fields.HAS, name));
    attributes(document);
    people(document);
    SegmentedText files = new SegmentedText();
    interaction.attachments().forEach(file -> files.add(Analysis.words(file.name())));
    names(document, Fields.FILENAME, files);
  }

  private static void keyword(Document document, String field, String value) {
    String cut = Analysis.cut(value);
    term(document, field, cut);
    document.add(new SortedDocValuesField(field, new BytesRef(cut)));
  }

  private static void term(Document document, String field, String value) {
    document.add(new StringField(field, value, Field.Store.NO));
  }

  private static void oneOf(Document document, String field, String value) {
    document.add(new SortedSetDocValuesField(field, new BytesRef(Analysis.cut(value))));
  }

  private static void names(Document document, String field, SegmentedText segments) {
    if (segments.segments() > 0) {
      document.add(new Field(field, new SegmentTokenStream(segments), NAMES));
    }
  }

  private Set<String> whatItHas() {
    Set<String> has = new LinkedHashSet<>();
    note(has, "attachment", !interaction.attachments().isEmpty());
    note(has, "recording", interaction.recording().isPresent());
    note(has, "subject", isThere(interaction.subject()));
    note(has, "thread", isThere(interaction.thread()));
    note(has, "transcript", interaction.transcript().isPresent());
    for (Turn turn : interaction.turns()) {
      // A transcript that was imported need not say what made it.
      boolean heard = turn.startMs().isPresent() || !turn.words().isEmpty();
      note(has, "transcript", heard && !turn.text().isBlank());
      note(has, "quote", isThere(turn.quotedText()));
      note(has, "signature", isThere(turn.signature()));
    }
    for (String name : interaction.attributes().keySet()) {
      has.add(Analysis.cut(Analysis.folded(name)));
    }
    return has;
  }

  private static void note(Set<String> has, String name, boolean isThere) {
    if (isThere) {
      has.add(name);
    }
  }

  private static boolean isThere(Optional<String> text) {
    return text.isPresent() && !text.get().isBlank();
  }

  private void attributes(Document document) {
    boolean facet = false;
    for (Map.Entry<String, String> attribute : interaction.attributes().entrySet()) {
      String name = attribute.getKey();
      String value = attribute.getValue();
      String begin = Analysis.cut(Analysis.folded(name)) + Fields.SEPARATOR;
      term(document, Fields.ATTRIBUTE, begin + Analysis.cut(Analysis.folded(value)));
      if (isShort(name) && isShort(value)) {
        oneOf(document, Fields.ATTRIBUTE, name + Fields.SEPARATOR + value);
        facet = true;
      }
    }
    if (!facet && !interaction.attributes().isEmpty()) {
      oneOf(document, Fields.ATTRIBUTE, "");
    }
  }

  private static boolean isShort(String text) {
    return text.length() <= LONGEST_FACET_BYTES
        && (text.length() * 3 <= LONGEST_FACET_BYTES
            || text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_FACET_BYTES);
  }

  private void people(Document document) {
    SegmentedText from = new SegmentedText();
    senders().forEach(sender -> add(from, sender));
    names(document, Fields.FROM, from);
    SegmentedText agents = new SegmentedText();
    for (Participant participant : interaction.participants()) {
      if (participant.role() == Role.AGENT) {
        add(agents, participant);
        oneOf(document, Fields.AGENT, participant.displayName());
      }
      participant.name().ifPresent(name -> oneOf(document, Fields.PEOPLE, name));
      participant.address().ifPresent(address -> oneOf(document, Fields.PEOPLE, address));
      if (participant.name().isEmpty()) {
        oneOf(document, Fields.PEOPLE, participant.displayName());
      }
    }
    names(document, Fields.AGENT, agents);
  }

  /** Those in a mail's From; elsewhere, and in a mail without one, whoever has a turn. */
  private Set<Participant> senders() {
    Set<Participant> senders = new LinkedHashSet<>();
    if (interaction.channel().equals(Channel.EMAIL)) {
      for (Participant participant : interaction.participants()) {
        if (participant.as().equals(Optional.of(AddressField.FROM))) {
          senders.add(participant);
        }
      }
    }
    if (senders.isEmpty()) {
      Set<String> ids = new LinkedHashSet<>();
      interaction.turns().forEach(turn -> ids.add(turn.participant()));
      ids.forEach(id -> interaction.participant(id).ifPresent(senders::add));
    }
    return senders;
  }

  private static void add(SegmentedText people, Participant participant) {
    Set<String> names = new LinkedHashSet<>();
    participant.name().ifPresent(names::add);
    participant.address().ifPresent(names::add);
    names.add(participant.id());
    for (String name : names) {
      people.add(Analysis.words(name));
      Identifiers.telephoneDigits(name).ifPresent(digits -> people.add(List.of(digits)));
    }
  }
}
