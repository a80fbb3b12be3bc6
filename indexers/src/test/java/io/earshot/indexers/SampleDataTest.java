package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earshot.Interaction;
import io.earshot.InteractionJson;
import io.earshot.Turn;
import io.earshot.transcription.Transcriber;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.TranscriptionProgress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the sample data, which is no part of the sources. */
class SampleDataTest {
  private final Path data = Path.of(System.getProperty("earshot.data", "absent"));
  private final Path chat = data.resolve("chat");

  @BeforeEach
  void dataIsThere() {
    assumeTrue(Files.isDirectory(chat), "no sample data: set -Dearshot.data=DIR to run this test");
  }

  @Test
  void conversations_all_areReadWithoutAWarningAndRoundTrip() throws IOException {
    FoundSink found = new FoundSink();

    new JsonLinesReader().read(InputFile.of(chat.resolve("conversations.jsonl")), found);

    assertThat(found.interactions).hasSize(300);
    assertThat(found.rejected).isEmpty();
    assertThat(found.warnings).isEmpty();
    for (Interaction interaction : found.interactions) {
      String json = InteractionJson.write(interaction);
      assertThat(InteractionJson.read(json).interaction()).isEqualTo(interaction);
    }
  }

  @Test
  void whatsAppExports_all_areAsExpected() throws IOException {
    int checked = 0;
    for (String line : Files.readAllLines(chat.resolve("exports/expected.jsonl"))) {
      Map<String, ?> expected =
          JsonText.object(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
      if ("whatsapp".equals(expected.get("format"))) {
        check(expected);
        checked++;
      }
    }

    assertThat(checked).isEqualTo(6);
  }

  @Test
  void calls_everyRecording_isTakenForACallAndEveryReferenceIsIgnored() throws IOException {
    MemoryTarget target = new MemoryTarget();
    Transcriber silence = new Silence();

    IngestReport report =
        Ingest.builder()
            .transcriber(() -> silence)
            .build()
            .run(List.of(data.resolve("calls")), target);

    assertThat(report.indexed()).isEqualTo(29);
    assertThat(report.quarantined()).isEmpty();
    assertThat(report.ignored()).containsExactly(Map.entry("reference", 24L));
  }

  /** Hears nothing in two channels. */
  private record Silence(String engine, String version, String model) implements Transcriber {
    private Silence() {
      this("silence", "1", "none");
    }

    @Override
    public Transcript transcribe(Path audio, TranscriptionProgress progress) {
      return Transcript.builder(audio.toString())
          .engine(engine, version)
          .model(model)
          .durationMs(1000)
          .channels(2)
          .build();
    }

    @Override
    public void close() {}
  }

  private void check(Map<String, ?> expected) throws IOException {
    InputFile input = InputFile.of(chat.resolve("exports").resolve((String) expected.get("file")));
    WhatsAppReader reader = new WhatsAppReader(ZoneId.of((String) expected.get("zone")));
    FoundSink found = new FoundSink();
    assertThat(reader.reads(input)).isTrue();

    reader.read(input, found);

    Interaction read = found.only();
    assertThat(read.attributes().get("systemLines"))
        .as("system lines of %s", input)
        .isEqualTo(String.valueOf(expected.get("systemLines")));
    if (expected.get("expected") instanceof List<?> all) {
      List<String> said = said(all);
      List<String> others = said((List<?>) expected.get("mayAlsoInclude"));
      List<String> got = new ArrayList<>(said(read.turns()));
      got.removeIf(each -> others.contains(each.replaceAll("\\|.*\\|", "|?|")));
      assertThat(got).containsExactlyElementsOf(said);
    } else {
      checkCounts(expected, read);
    }
  }

  private static void checkCounts(Map<String, ?> expected, Interaction read) {
    assertThat((Object) read.turns().size()).isEqualTo(expected.get("messages"));
    Map<String, Integer> speakers = new TreeMap<>();
    read.turns().forEach(turn -> speakers.merge(turn.participant(), 1, Integer::sum));
    assertThat((Object) speakers).isEqualTo(expected.get("speakers"));
    assertThat(read.startedAt()).isEqualTo((String) expected.get("first"));
    assertThat(read.endedAt()).contains(Instant.parse((String) expected.get("last")));
    assertThat(said(read.turns())).containsAll(said((List<?>) expected.get("mustInclude")));
  }

  private static List<String> said(List<?> messages) {
    List<String> said = new ArrayList<>();
    for (Object message : messages) {
      if (message instanceof Turn turn) {
        said.add(said(turn.participant(), turn.at().orElseThrow().toString(), turn.text()));
      } else if (message instanceof Map<?, ?> map) {
        said.add(
            said((String) map.get("speaker"), (String) map.get("at"), (String) map.get("text")));
      }
    }
    return said;
  }

  private static String said(String speaker, String at, String text) {
    String minute = at == null ? "?" : Instant.parse(at).truncatedTo(ChronoUnit.MINUTES).toString();
    return speaker + "|" + minute + "|" + text.replaceAll("\\s+", " ").strip();
  }
}
