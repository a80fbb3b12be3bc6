package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.internal.Fields;
import io.earshot.internal.LongValue;
import io.earshot.internal.MomentMap;
import io.earshot.internal.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionDocumentTest {
  @TempDir private Path folder;

  private interface Check {
    void in(LeafReader leaf) throws IOException;
  }

  /** Indexes them in that order, and looks at the one segment they make. */
  private void index(List<Interaction> interactions, Check check) throws IOException {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      interactions.forEach(index::add);
    }
    try (FSDirectory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertThat(reader.leaves()).hasSize(1);
      check.in(reader.leaves().getFirst().reader());
    }
    assertThat(InteractionIndex.check(folder).problems()).isEmpty();
  }

  private static List<String> terms(LeafReader leaf, String field) throws IOException {
    List<String> found = new ArrayList<>();
    Terms terms = leaf.terms(field);
    if (terms != null) {
      TermsEnum term = terms.iterator();
      while (term.next() != null) {
        found.add(term.term().utf8ToString());
      }
    }
    return found;
  }

  private static List<String> values(LeafReader leaf, String field, int doc) throws IOException {
    SortedSetDocValues values = DocValues.getSortedSet(leaf, field);
    List<String> found = new ArrayList<>();
    if (values.advanceExact(doc)) {
      for (int i = 0; i < values.docValueCount(); i++) {
        found.add(values.lookupOrd(values.nextOrd()).utf8ToString());
      }
    }
    return found;
  }

  private static OptionalLong number(LeafReader leaf, String field, int doc) throws IOException {
    NumericDocValues values = DocValues.getNumeric(leaf, field);
    return values.advanceExact(doc) ? OptionalLong.of(values.longValue()) : OptionalLong.empty();
  }

  private static MomentMap moments(LeafReader leaf, int doc) throws IOException {
    return MomentMap.decode(new LongValue(leaf, Fields.MOMENTS).of(doc));
  }

  @Test
  void filters_mail_everythingThatCanBeAskedFor() throws IOException {
    Interaction mail =
        Interaction.builder("m", Channel.EMAIL, MAY)
            .customers(List.of("c-1"))
            .subject("Refund for ORD-2026-4512")
            .thread("Thread-1")
            .language("en-GB")
            .participants(
                List.of(
                    Participant.of("emma.clarke@example.com", Role.CUSTOMER)
                        .withName("Emma Clarke")
                        .withAddress("emma.clarke@example.com")
                        .withAs(AddressField.FROM),
                    Participant.of("nina", Role.AGENT)
                        .withName("Ninà Kraus")
                        .withAddress("+44 20 7946 0123")
                        .withAs(AddressField.TO)))
            .turns(
                List.of(
                    Turn.builder("emma.clarke@example.com")
                        .text("It broke. Can you help?")
                        .quotedText("old order 449870")
                        .signature("Emma")
                        .build()))
            .attachments(List.of(Attachment.of("Invoice_2026.PDF")))
            .tags(List.of("VIP", "Überweisung"))
            .attribute("orderTotal", "-12.50")
            .attribute("Note", "long ".repeat(300))
            .attribute("ref", "INV/2026/17")
            .build();

    index(
        List.of(mail),
        leaf -> {
          assertThat(terms(leaf, Fields.LANGUAGE)).containsExactly("en-gb");
          assertThat(terms(leaf, Fields.THREAD)).containsExactly("Thread-1");
          assertThat(terms(leaf, Fields.TAG)).containsExactly("uberweisung", "vip");
          assertThat(values(leaf, Fields.TAG, 0)).containsExactly("VIP", "Überweisung");
          assertThat(terms(leaf, Fields.HAS))
              .containsExactly(
                  "attachment",
                  "note",
                  "ordertotal",
                  "quote",
                  "ref",
                  "signature",
                  "subject",
                  "thread");
          assertThat(terms(leaf, Fields.ATTRIBUTE))
              .contains("ordertotal\u001f-12.50", "ref\u001finv/2026/17")
              .anyMatch(term -> term.startsWith("note\u001flong long") && term.length() == 1_005);
          assertThat(values(leaf, Fields.ATTRIBUTE, 0))
              .containsExactly("orderTotal\u001f-12.50", "ref\u001fINV/2026/17");
          assertThat(terms(leaf, Fields.FROM)).containsExactly("clarke", "com", "emma", "example");
          assertThat(terms(leaf, Fields.AGENT))
              .containsExactly("0123", "20", "44", "442079460123", "7946", "kraus", "nina");
          assertThat(values(leaf, Fields.AGENT, 0)).containsExactly("Ninà Kraus");
          assertThat(terms(leaf, Fields.FILENAME)).containsExactly("2026", "invoice", "pdf");
          assertThat(values(leaf, Fields.PEOPLE, 0))
              .containsExactly(
                  "+44 20 7946 0123", "Emma Clarke", "Ninà Kraus", "emma.clarke@example.com");
          assertThat(terms(leaf, Fields.IDENTIFIER))
              .containsExactly("inv/2026/17", "ord-2026-4512"); // not the quoted one
          assertThat(values(leaf, Fields.IDENTIFIER, 0))
              .containsExactly("INV/2026/17", "ORD-2026-4512");
          assertThat(values(leaf, Fields.WORDS, 0))
              .contains("broke", "refund", "449870", "pdf", "emma")
              .doesNotHaveDuplicates();
          assertThat(number(leaf, Fields.DURATION, 0)).isEmpty();
          MomentMap map = moments(leaf, 0);
          assertThat(map.asked(1)).isFalse();
          assertThat(map.asked(2)).isTrue();
          assertThat(map.isSignature(1)).isTrue();
          assertThat(map.speakers().getFirst().address()).isEqualTo("emma.clarke@example.com");
        });
  }

  @Test
  void duration_recordingThenEndThenTurns() throws IOException {
    Interaction ended =
        chat("1 ended", "c-1", MAY, "a", "b").toBuilder().endedAt(MAY.plusSeconds(90)).build();
    Interaction turns = chat("2 turns", "c-1", MAY, "a", "b", "c");
    Interaction call = Samples.call("3 call", "c-1", MAY, "so can you help me");
    Interaction nothing =
        chat("4 nothing", "c-1", MAY).toBuilder().turns(List.of(Turn.of("kim", "a"))).build();

    index(
        List.of(nothing, call, turns, ended),
        leaf -> {
          assertThat(number(leaf, Fields.DURATION, 0)).hasValue(90_000);
          assertThat(number(leaf, Fields.DURATION, 1)).hasValue(120_000);
          assertThat(number(leaf, Fields.DURATION, 2)).hasValue(2_500);
          assertThat(number(leaf, Fields.DURATION, 3)).isEmpty();
          MomentMap map = moments(leaf, 2);
          assertThat(map.endMs()).isEqualTo(2_500);
          assertThat(map.timeMs(1)).isEqualTo(1_100);
          assertThat(map.asked(1)).isTrue();
        });
  }

  @Test
  void digest_sameWordsInOtherTurnsAndCase_isTheSame() throws IOException {
    index(
        List.of(
            chat("1", "c-1", MAY, "The kettle broke", "again"),
            chat("2", "c-1", MAY, "the KETTLE", "broke, again!"),
            chat("3", "c-1", MAY, "the kettle broke", "yesterday"),
            chat("4", "c-1", MAY, "thank you")),
        leaf -> {
          OptionalLong digest = number(leaf, Fields.DIGEST, 0);
          assertThat(digest).isPresent();
          assertThat(number(leaf, Fields.DIGEST, 1)).isEqualTo(digest);
          assertThat(number(leaf, Fields.DIGEST, 2)).isPresent().isNotEqualTo(digest);
          assertThat(number(leaf, Fields.DIGEST, 3)).isEmpty();
        });
  }

  @Test
  void add_allKindsOfMissingParts_anyOrderIsTaken() {
    List<Interaction> kinds =
        new ArrayList<>(
            List.of(
                chat("bare", "c-1", MAY).toBuilder()
                    .participants(List.of())
                    .turns(List.of())
                    .build(),
                chat("empty", "c-1", MAY, "", ""),
                chat("words", "c-1", MAY, "kettle ORD-4512?"),
                chat("tag", "c-1", MAY, "kettle").toBuilder()
                    .tags(List.of("", "t", "\u0301"))
                    .build(),
                chat("long", "c-1", MAY, "kettle").toBuilder()
                    .tags(List.of("\u20ac".repeat(40_000)))
                    .thread("\ud83d\ude00".repeat(40_000))
                    .attribute("a".repeat(40_000), "\u0301".repeat(40_000))
                    .build(),
                chat("number", "c-1", MAY, "kettle").toBuilder().attribute("n", "5").build(),
                chat("half", "c-1", MAY, "kettle \ud800").toBuilder()
                    .tags(List.of("\udc00"))
                    .attribute("\ud800", "\ud800")
                    .attachments(List.of(Attachment.of("\ud800.pdf"), Attachment.of("")))
                    .build(),
                chat("huge", "c-1", MAY, "kettle \u20ac ".repeat(50_000)),
                Samples.call("call", "c-1", MAY, "kettle")));
    for (int i = 0; i < kinds.size(); i++) {
      try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
        kinds.forEach(index::add);

        assertThat(index.customer("c-1").search("kettle").total()).isEqualTo(7);
        assertThat(index.size()).isEqualTo(kinds.size());
      }
      Collections.rotate(kinds, 1);
    }
  }

  @Test
  void add_textsLongerThanADocValueMayBe_storedAndShown() throws IOException {
    Interaction huge = chat("huge", "c-1", MAY, "stove ".repeat(20_000) + "kettle", "yes");
    Interaction small = chat("small", "c-1", MAY, "kettle");

    index(
        List.of(small, huge),
        leaf -> {
          LongValue texts = new LongValue(leaf, Fields.TEXTS);
          assertThat(DocValues.getBinary(leaf, Fields.TEXTS).advanceExact(0)).isTrue();
          assertThat(Texts.decode(texts.of(1)).of(Fields.TEXT)).isEqualTo("kettle");
          assertThat(Texts.decode(texts.of(0)).of(Fields.TEXT)).endsWith("kettle\nyes");
          assertThat(Texts.decode(texts.of(0)).substring(Fields.TEXT, 120_000, 120_006))
              .isEqualTo("kettle");
        });
  }

  @Test
  void add_positionsRunOut_refusedAndTheIndexGoesOn() {
    Turn turn = Turn.of("kim", "");
    Interaction endless =
        chat("endless", "c-1", MAY).toBuilder().turns(Collections.nCopies(2_150_000, turn)).build();
    try (InteractionIndex index = InteractionIndex.builder().inMemory().open()) {
      assertThatThrownBy(() -> index.add(endless))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("EARSHOT-113")
          .hasMessageContaining("2,150,000")
          .hasMessageContaining("Split");

      index.add(chat("1", "c-1", MAY, "kettle"));
      assertThat(index.customer("c-1").search("kettle").total()).isEqualTo(1);
    }
  }

  @Test
  void add_manyTurnsAndALongOne_found() {
    manyTurnsAndALongOne(20_000, 2_000_000);
  }

  @Test
  @Tag("stress")
  void add_hugelyManyTurnsAndAHugeOne_found() {
    manyTurnsAndALongOne(200_000, 50_000_000);
  }

  private void manyTurnsAndALongOne(int turns, int length) {
    List<Turn> said = new ArrayList<>();
    for (int i = 0; i < turns; i++) {
      said.add(Turn.builder("kim").at(MAY.plusMillis(i)).text("so w" + i).build());
    }
    String filler = "the stove broke again. ";
    String text = filler.repeat(length / filler.length()) + "needle?";
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(chat("many", "c-1", MAY).toBuilder().turns(said).build());
      index.add(chat("long", "c-1", MAY, text));
      index.commit();

      SearchResult many = index.customer("c-1").search("w" + (turns - 1));
      assertThat(ids(many)).containsExactly("many");
      Passage passage = many.hits().getFirst().passages().getFirst();
      assertThat(passage.text()).isEqualTo("so w" + (turns - 1));
      assertThat(passage.at()).isEqualTo(MAY.plusMillis(turns - 1));
      SearchResult one = index.customer("c-1").search("needle");
      assertThat(ids(one)).containsExactly("long");
      assertThat(one.hits().getFirst().passages().getFirst().text()).endsWith("needle?");
      assertThat(index.get("long").map(found -> found.turns().getFirst().text().length()))
          .isEqualTo(Optional.of(text.length()));
    }
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(length - 100);
  }
}
