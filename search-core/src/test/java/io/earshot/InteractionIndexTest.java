package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionIndexTest {
  @TempDir private Path folder;

  @Test
  void add_thenSearch_seesItAtOnce() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(chat("1", "c-1", MAY, "kettle"));

      assertThat(ids(index.customer("c-1").search("kettle"))).containsExactly("1");
    }
  }

  @Test
  void add_sameIdAgain_replacesForAllCustomers() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(
          chat("1", "c-1", MAY, "kettle").toBuilder().customers(List.of("c-1", "c-2")).build());
      assertThat(index.size()).isEqualTo(2);

      index.add(chat("1", "c-3", MAY, "toaster"));

      assertThat(index.size()).isEqualTo(1);
      assertThat(ids(index.everyone().search("kettle"))).isEmpty();
      assertThat(ids(index.customer("c-3").search("toaster"))).containsExactly("1");
    }
  }

  @Test
  void add_severalCustomers_eachHasACopyAndSeesOnlyItself() {
    Interaction shared =
        chat("1", "c-1", MAY, "kettle").toBuilder().customers(List.of("c-1", "c-2")).build();
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(shared);

      assertThat(ids(index.customer("c-1").search("kettle"))).containsExactly("1");
      index.customer("c-2").forEach(copy -> assertThat(copy.customers()).containsExactly("c-2"));
      assertThat(index.get("1")).contains(shared);
    }
  }

  @Test
  void add_idTooLongForTheIndex_refusedAndTheIndexGoesOn() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      assertThatThrownBy(() -> index.add(chat("x".repeat(8_001), "c-1", MAY, "kettle")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("EARSHOT-109")
          .hasMessageContaining("8,001");

      index.add(chat("\u0985".repeat(2_666), "c-1", MAY, "kettle"));
      assertThat(index.customer("c-1").search("kettle").total()).isEqualTo(1);
    }
  }

  @Test
  void add_textsWithoutAnyWord_beforeAndAfterTextsWithWords_allTaken() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(chat("mute", "c-1", MAY, "", ""));
      index.add(chat("marks", "c-1", MAY, "?!", "..."));
      index.commit();
      index.add(chat("words", "c-1", MAY, "kettle"));
      index.commit();
      index.add(chat("mute again", "c-1", MAY, "", "..."));

      assertThat(index.customer("c-1").search("").total()).isEqualTo(4);
      assertThat(ids(index.customer("c-1").search("kettle"))).containsExactly("words");
    }
    assertThat(InteractionIndex.check(folder).problems()).isEmpty();
  }

  @Test
  void remove_idTooLongToBeThere_changesNothing() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(chat("1", "c-1", MAY, "kettle"));

      index.remove("i".repeat(40_000));

      index.add(chat("2", "c-1", MAY, "kettle"));
      assertThat(index.customer("c-1").search("kettle").total()).isEqualTo(2);
    }
  }

  @Test
  void add_oneOfSeveralCustomersRefused_theOldCopiesStay() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      Interaction old =
          chat("1", "c-1", MAY, "kettle").toBuilder().customers(List.of("a", "b")).build();
      index.add(old);

      for (String bad : List.of("z".repeat(40_000), "c\ud800")) {
        assertThatThrownBy(() -> index.add(old.toBuilder().customers(List.of("a", bad)).build()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("EARSHOT-1");
      }

      assertThat(index.get("1")).contains(old);
    }
  }

  @Test
  void search_interruptedThread_answersAndTheIndexLivesOn() throws Exception {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(chat("1", "c-1", MAY, "kettle"));
      boolean[] stillInterrupted = new boolean[1];
      long[] total = new long[1];
      Thread agent =
          new Thread(
              () -> {
                Thread.currentThread().interrupt(); // as a host does that cancels a search
                total[0] = index.customer("c-1").search("kettle").total();
                index.add(chat("2", "c-1", MAY, "kettle"));
                index.commit();
                stillInterrupted[0] = Thread.currentThread().isInterrupted();
              });
      agent.start();
      agent.join();

      assertThat(total[0]).isEqualTo(1);
      assertThat(stillInterrupted[0]).isTrue();
      index.add(chat("3", "c-1", MAY, "kettle"));
      index.commit();
      assertThat(index.customer("c-1").search("kettle").total()).isEqualTo(3);
    }
  }

  @Test
  void get_yearsBeyondFourDigits_readsBackWhatWasAdded() {
    String json =
        "{\"id\":\"p\",\"channel\":\"chat\",\"startedAt\":\"+999999999-12-31T23:59:59-18:00\"}";
    Interaction far = InteractionJson.read(json).interaction();
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(far);

      assertThat(index.get("p")).contains(far);
    }
  }

  @Test
  void get_amidManyChanges_isAlwaysTheNewest() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      for (int i = 0; i < 200; i++) {
        String id = "" + i % 50;
        Interaction before = index.get(id).orElse(null);
        Interaction after = chat(id, "c-1", MAY, "kettle number " + i);

        index.add(after);

        assertThat(before == null).isEqualTo(i < 50);
        assertThat(index.get(id)).contains(after);
        if (i % 20 == 0) {
          index.remove(id);
          assertThat(index.get(id)).isEmpty();
          index.add(after);
        }
      }
    }
  }

  @Test
  void remove_interaction_goneForAll() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(chat("1", "c-1", MAY, "kettle"));
      index.add(chat("2", "c-1", MAY, "kettle"));

      index.remove("1");
      index.remove("never there");

      assertThat(ids(index.customer("c-1").search("kettle"))).containsExactly("2");
      assertThat(index.get("1")).isEmpty();
    }
  }

  @Test
  void close_uncommittedChanges_areThereAfterOpening() {
    Interaction interaction = chat("1", "c-1", MAY, "kettle");
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(interaction);
    }

    try (InteractionIndex index = InteractionIndex.open(folder)) {
      assertThat(index.get("1")).contains(interaction);
    }
  }

  @Test
  void readOnly_whileAnotherWrites_seesWhatWasCommittedWhenOpened() {
    try (InteractionIndex writing = InteractionIndex.open(folder)) {
      writing.add(chat("1", "c-1", MAY, "kettle"));
      writing.commit();
      writing.add(chat("2", "c-1", MAY, "kettle"));

      try (InteractionIndex reading =
          InteractionIndex.builder().directory(folder).readOnly().open()) {
        assertThat(ids(reading.customer("c-1").search("kettle"))).containsExactly("1");
        assertThatThrownBy(() -> reading.add(chat("3", "c-1", MAY, "kettle")))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("reading only");
      }
    }
  }

  @Test
  void open_secondWriter_refusedNamingTheLock() {
    InteractionIndex first = InteractionIndex.open(folder);
    try (first) {
      assertThatThrownBy(() -> InteractionIndex.open(folder))
          .isInstanceOf(EarshotException.class)
          .hasMessageContaining("EARSHOT-105")
          .hasMessageContaining("write.lock")
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void open_readOnlyWithoutIndex_refusedSayingSo() {
    assertThatThrownBy(() -> InteractionIndex.builder().directory(folder).readOnly().open())
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-101")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void open_foreignLuceneIndex_refused() throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.addDocument(new Document());
    }

    assertThatThrownBy(() -> InteractionIndex.open(folder))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-103");
  }

  @Test
  void open_newerFormat_refusedSayingBothVersions() throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(Map.of("earshot.format", "99").entrySet());
      writer.commit();
    }

    assertThatThrownBy(() -> InteractionIndex.open(folder))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-104")
        .hasMessageContaining("99")
        .hasMessageContaining("1");
  }

  @Test
  void open_olderFormat_refusedSayingToIndexAgain() throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(Map.of("earshot.format", "1").entrySet());
      writer.commit();
    }

    for (ThrowingCallable opening :
        List.<ThrowingCallable>of(
            () -> InteractionIndex.open(folder),
            () -> InteractionIndex.builder().directory(folder).readOnly().open(),
            () -> InteractionIndex.check(folder))) {
      assertThatThrownBy(opening)
          .isInstanceOf(EarshotException.class)
          .hasMessageContaining("EARSHOT-103")
          .hasMessageContaining("its format is 1, this version reads 5")
          .hasMessageContaining("index again into a new folder");
    }
  }

  @Test
  void open_otherDefaultLanguage_refusedAndTheIndexOpensWithout() {
    InteractionIndex.builder().directory(folder).defaultLanguage("de").open().close();

    assertThatThrownBy(
            () -> InteractionIndex.builder().directory(folder).defaultLanguage("en").open())
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-111")
        .hasMessageContaining("\"de\"");
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      assertThat(index.defaultLanguage()).isEqualTo("de");
      index.add(chat("1", "c-1", MAY, "kettle"));
    }
    try (InteractionIndex index =
        InteractionIndex.builder().directory(folder).defaultLanguage("de").readOnly().open()) {
      assertThat(index.size()).isEqualTo(1);
    }
  }

  @Test
  void open_folderWithOtherFiles_refusedNamingOne() throws IOException {
    Files.writeString(folder.resolve("holiday.jpg"), "x");

    assertThatThrownBy(() -> InteractionIndex.open(folder))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-102")
        .hasMessageContaining("holiday.jpg");
  }

  @Test
  void open_aFile_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "x");

    assertThatThrownBy(() -> InteractionIndex.open(file))
        .isInstanceOf(EarshotException.class)
        .hasMessageContaining("EARSHOT-102");
  }

  @Test
  void anyMethod_afterClose_saysTheIndexIsClosed() {
    InteractionIndex index = InteractionIndex.open(folder);
    CustomerHistory history = index.customer("c-1");
    index.close();
    index.close();

    assertThatThrownBy(() -> index.add(chat("1", "c-1", MAY, "kettle")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> history.search("kettle")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(index::commit).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void add_fromManyThreads_eachSeesItsOwnAtOnce() throws Exception {
    int threads = 4;
    int each = 50;
    try (InteractionIndex index = InteractionIndex.open(folder);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new java.util.ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String customer = "c-" + t;
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    index.add(chat(customer + "/" + i, customer, MAY, "kettle"));
                    assertThat(index.customer(customer).search("kettle").total()).isEqualTo(i + 1);
                    if (i % 10 == 0) {
                      index.commit();
                    }
                  }
                }));
      }
      for (Future<?> task : running) {
        task.get();
      }

      assertThat(index.size()).isEqualTo(200);
    }
  }

  @Test
  void search_sameFreshReaderFromManyThreads_allAnswer() throws Exception {
    int threads = 8;
    try (InteractionIndex index = InteractionIndex.open(folder);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 100; round++) {
        index.add(chat("" + round, "c-1", MAY, "kettle"));
        index.size(); // refreshes: what follows is the reader's first use
        List<java.util.concurrent.Callable<Long>> searches =
            java.util.Collections.nCopies(
                threads, () -> index.customer("c-1").search("kettle").total());
        for (Future<Long> answer : pool.invokeAll(searches)) {
          assertThat(answer.get()).isEqualTo(round + 1);
        }
      }
    }
  }

  @Test
  void check_soundIndex_countsWhatIsThere() {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      index.add(chat("1", "c-1", MAY, "kettle"));
      index.add(chat("2", "c-2", MAY, "kettle"));
      index.add(chat("2", "c-2", MAY, "toaster"));
    }

    IndexCheck check = InteractionIndex.check(folder);

    assertThat(check.sound()).isTrue();
    assertThat(check.problems()).isEmpty();
    assertThat(check.interactions()).isEqualTo(2);
    assertThat(check.customers()).isEqualTo(2);
    assertThat(check.byChannel()).isEqualTo(Map.of("chat", 2L));
    assertThat(check.format()).isEqualTo(5);
  }

  @Test
  void check_damagedFile_isNotSoundAndSaysWhere() throws IOException {
    try (InteractionIndex index = InteractionIndex.open(folder)) {
      for (int i = 0; i < 200; i++) {
        index.add(chat("" + i, "c-1", MAY, "kettle number " + i));
      }
    }
    Path largest;
    try (var files = Files.list(folder)) {
      largest =
          files
              .filter(file -> file.getFileName().toString().startsWith("_"))
              .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(largest, bytes);

    IndexCheck check = InteractionIndex.check(folder);

    assertThat(check.sound()).isFalse();
    assertThat(check.problems()).isNotEmpty();
  }

  @Test
  void check_whileSomebodyWrites_refusedNamingTheLock() {
    InteractionIndex writing = InteractionIndex.open(folder);
    try (writing) {
      assertThatThrownBy(() -> InteractionIndex.check(folder))
          .isInstanceOf(EarshotException.class)
          .hasMessageContaining("EARSHOT-105");
    }
  }
}
