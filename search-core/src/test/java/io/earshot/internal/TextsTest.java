package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final String[] PARTS = {
    "a", "kettle ", "\u00e9", "\u20ac", "\ud83d\ude00", "\n", "0123456789".repeat(30)
  };

  private static Texts encoded(List<String> texts) {
    BytesRef bytes = Texts.encode(texts);
    byte[] elsewhere = new byte[bytes.length + 7]; // as a part of a page
    System.arraycopy(bytes.bytes, bytes.offset, elsewhere, 5, bytes.length);
    return Texts.decode(new BytesRef(elsewhere, 5, bytes.length));
  }

  @Test
  void substring_anyPieceOfAnyText_isThatOfTheString() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < Fields.searched().size(); i++) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(3) * random.nextInt(400);
        int kinds = 1 + random.nextInt(PARTS.length);
        for (int p = 0; p < parts; p++) {
          text.append(PARTS[random.nextInt(kinds)]);
        }
        texts.add(text.toString());
      }

      Texts decoded = encoded(texts);

      for (int i = 0; i < texts.size(); i++) {
        String field = Fields.searched().get(i).name();
        String text = texts.get(i);
        assertThat(decoded.of(field)).as("-Dtest.seed=" + seed).isEqualTo(text);
        assertThat(decoded.length(field)).isEqualTo(text.length());
        for (int piece = 0; piece < 30; piece++) {
          int start = random.nextInt(text.length() + 1);
          int end = start + random.nextInt(text.length() - start + 1);
          assertThat(decoded.substring(field, start, end))
              .as("-Dtest.seed=" + seed)
              .isEqualTo(text.substring(start, end));
        }
      }
    }
  }

  @Test
  void of_halfASurrogatePair_lengthStays() {
    Texts texts = encoded(List.of("a\ud83db\ude00c\u00e9", "", "", ""));

    assertThat(texts.of(Fields.TEXT)).isEqualTo("a?b?c\u00e9");
    assertThat(texts.substring(Fields.TEXT, 2, 6)).isEqualTo("b?c\u00e9");
  }

  @Test
  void substring_outside_refused() {
    Texts texts = encoded(List.of("kettle", "", "", ""));

    assertThatThrownBy(() -> texts.substring(Fields.TEXT, 3, 7))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> texts.of("channel")).isInstanceOf(IllegalArgumentException.class);
  }
}
