package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class MomentMapTest {
  private static final long[] NO_TIMES = {};

  private static MomentMap decoded(MomentMap.Builder builder) {
    BytesRef bytes = builder.encode();
    byte[] elsewhere = new byte[bytes.length + 9]; // as a part of a page
    System.arraycopy(bytes.bytes, bytes.offset, elsewhere, 4, bytes.length);
    return MomentMap.decode(new BytesRef(elsewhere, 4, bytes.length));
  }

  @Test
  void decode_nothing_isEmpty() {
    MomentMap map = decoded(new MomentMap.Builder());

    assertThat(map.turns()).isZero();
    assertThat(map.endMs()).isZero();
    assertThat(map.speakers()).isEmpty();
    assertThat(map.asides()).isEmpty();
    assertThat(map.attachments()).isEmpty();
  }

  @Test
  void decode_turns_everythingIsThere() {
    MomentMap.Builder builder = new MomentMap.Builder();
    MomentMap.Speaker kim = new MomentMap.Speaker("kim", "Kim Doe", "", "CUSTOMER");
    MomentMap.Speaker nina = new MomentMap.Speaker("nina", "Nina", "nina@example.com", "AGENT");
    builder.speaker(kim);
    builder.speaker(nina);
    builder.turn(1, 10, 2, -60_000, -1, -1, NO_TIMES);
    builder.turn(-1, 0, 0, MomentMap.NO_TIME, -1, -1, NO_TIMES);
    builder.turn(0, 20, 4, 5, 1_000, 5_000, NO_TIMES);
    builder.asked(new int[] {1, 2, 3, 4});
    builder.turn(
        0, 7, 2, MomentMap.NO_TIME, 70_000, 70_000, new long[] {69_000, 69_500, 71_000, 4_000_000});
    builder.aside(0, 5, false);
    builder.aside(2, 6, true);
    builder.attachment(8);
    builder.attachment(9);
    builder.endMs(123_456);

    MomentMap map = decoded(builder);

    assertThat(map.turns()).isEqualTo(4);
    assertThat(map.speakers()).containsExactly(kim, nina);
    assertThat(map.speaker(0)).isEqualTo(1);
    assertThat(map.speaker(1)).isEqualTo(-1);
    assertThat(map.atMs(0)).isEqualTo(-60_000);
    assertThat(map.atMs(1)).isEqualTo(MomentMap.NO_TIME);
    assertThat(map.hasAudio(0)).isFalse();
    assertThat(map.audioStartMs(0)).isEqualTo(-1);
    assertThat(map.audioEndMs(2)).isEqualTo(5_000);
    assertThat(map.textStart(3)).isEqualTo(33);
    assertThat(map.textLength(2)).isEqualTo(20);
    assertThat(map.firstPosition(2)).isEqualTo(2_002);
    assertThat(map.positions(2)).isEqualTo(4);
    assertThat(map.timeMs(0)).isEqualTo(-60_000);
    assertThat(map.timeMs(2_003)).isEqualTo(2_000); // spread evenly
    assertThat(map.wordEndMs(2_003)).isEqualTo(3_000);
    assertThat(map.wordStartMs(3_006)).isEqualTo(69_000);
    assertThat(map.wordEndMs(3_007)).isEqualTo(4_000_000);
    assertThat(map.asked(2_002)).isFalse();
    assertThat(map.asked(2_003)).isTrue();
    assertThat(map.asked(2_004)).isFalse();
    assertThat(map.asked(2_005)).isTrue();
    assertThat(map.asked(3_006)).isFalse();
    assertThat(map.asides())
        .containsExactly(new MomentMap.Aside(0, 0, 5), new MomentMap.Aside(2, 6, 6));
    assertThat(map.isSignature(0)).isFalse();
    assertThat(map.isSignature(1)).isTrue();
    assertThat(map.asideAtOffset(4)).isZero();
    assertThat(map.asideAtOffset(6)).isEqualTo(1);
    assertThat(map.attachments())
        .containsExactly(new MomentMap.Aside(0, 0, 8), new MomentMap.Aside(0, 9, 9));
    assertThat(map.attachmentAtOffset(12)).isEqualTo(1);
    assertThat(map.endMs()).isEqualTo(123_456);
  }

  @Test
  void atMs_farthestTimes_keptApartFromNone() {
    MomentMap.Builder builder = new MomentMap.Builder();
    builder.turn(0, 0, 0, Long.MIN_VALUE + 1, -1, -1, NO_TIMES);
    builder.turn(0, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, NO_TIMES);
    builder.endMs(Long.MAX_VALUE);

    MomentMap map = decoded(builder);

    assertThat(map.atMs(0)).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(map.atMs(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(map.audioEndMs(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(map.endMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void positions_randomTurnsSomeEmpty_agreeWithPostings() throws IOException {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      SegmentedText text = new SegmentedText();
      MomentMap.Builder builder = new MomentMap.Builder();
      List<int[]> words = new ArrayList<>(); // turn, word in it, first character
      int turns = 1 + random.nextInt(12);
      int offset = 0;
      for (int turn = 0; turn < turns; turn++) {
        StringBuilder said = new StringBuilder();
        long[] times = new long[2 * random.nextInt(4) * random.nextInt(3)];
        for (int word = 0; word < times.length / 2; word++) {
          words.add(new int[] {turn, word, offset + said.length()});
          said.append("w").append(words.size()).append(' ');
          times[2 * word] = random.nextInt(100_000);
          times[2 * word + 1] = times[2 * word] + random.nextInt(1_000);
        }
        Tokens tokens = text.add(said.toString(), "en");
        builder.turn(0, said.length(), tokens.size(), turn, 50_000, 60_000, times);
        offset += said.length() + 1;
      }

      MomentMap map = decoded(builder);

      List<Integer> positions = positions(text, words.size());
      for (int i = 0; i < words.size(); i++) {
        int position = positions.get(i);
        int turn = words.get(i)[0];
        String where = "word " + i + " with -Dtest.seed=" + seed;
        assertThat(map.turnAtPosition(position)).as(where).isEqualTo(turn);
        assertThat(position - map.firstPosition(turn)).as(where).isEqualTo(words.get(i)[1]);
        assertThat(map.turnAtOffset(words.get(i)[2])).as(where).isEqualTo(turn);
        assertThat(map.wordEndMs(position)).as(where).isGreaterThanOrEqualTo(map.timeMs(position));
      }
    }
  }

  /** Where the index says that each of the words w1, w2, ... stands. */
  private static List<Integer> positions(SegmentedText text, int words) throws IOException {
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
        Document document = new Document();
        document.add(new Field("f", new SegmentTokenStream(text), TextField.TYPE_NOT_STORED));
        writer.addDocument(document);
      }
      List<Integer> positions = new ArrayList<>();
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        for (int i = 1; i <= words; i++) {
          TermsEnum term = reader.leaves().getFirst().reader().terms("f").iterator();
          assertThat(term.seekExact(new BytesRef("w" + i))).isTrue();
          PostingsEnum postings = term.postings(null, PostingsEnum.POSITIONS);
          postings.nextDoc();
          positions.add(postings.nextPosition());
        }
      }
      return positions;
    }
  }
}
