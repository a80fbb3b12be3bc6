package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.Direction;
import io.earshot.Interaction;
import io.earshot.Participant;
import io.earshot.Recording;
import io.earshot.Role;
import io.earshot.TranscriptInfo;
import io.earshot.Turn;
import io.earshot.Word;
import io.earshot.transcription.SpeakerRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallReaderTest {
  private static final String SIDE_CAR =
      """
      {"id": "call-7", "customer": {"id": "c-42", "name": "Ann", "address": "+441632960001"},
       "startedAt": "2026-05-01T11:30:00+02:00", "direction": "inbound", "agentChannel": 1,
       "agent": {"id": "agent-03", "name": "Grace"}, "language": "en", "tags": ["refund"],
       "attributes": {"queue": "billing"}, "mood": {"tone": ["good", 1]}}
      """;

  @TempDir Path folder;

  private final FakeTranscriber transcriber = new FakeTranscriber();

  private FoundSink read(Path audio) throws IOException {
    return read(new CallReader(() -> transcriber), audio);
  }

  private static FoundSink read(CallReader reader, Path audio) throws IOException {
    FoundSink found = new FoundSink();
    InputFile input = InputFile.of(audio);
    assertThat(reader.reads(input)).isTrue();
    reader.read(input, found);
    return found;
  }

  private Path audio(String name, String... lines) throws IOException {
    return FakeTranscriber.write(folder.resolve(name), lines);
  }

  @Test
  void call_sideCar_isTheWholeInteraction() throws IOException {
    Path audio = audio("a.wav", "0|my kettle is broken", "1|oh dear");
    Files.writeString(folder.resolve("a.json"), SIDE_CAR);

    FoundSink found = read(audio);

    Interaction call = found.only();
    assertThat(call.id()).isEqualTo("call-7");
    assertThat(call.customers()).containsExactly("c-42");
    assertThat(call.startedAt()).isEqualTo("2026-05-01T09:30:00Z");
    assertThat(call.endedAt()).contains(Instant.parse("2026-05-01T09:30:02Z"));
    assertThat(call.direction()).contains(Direction.INBOUND);
    assertThat(call.language()).contains("en");
    assertThat(call.tags()).containsExactly("refund");
    assertThat(call.attributes())
        .containsOnlyKeys("agentChannel", "queue", "mood")
        .containsEntry("mood", "{\"tone\":[\"good\",1]}")
        .containsEntry("queue", "billing");
    assertThat(call.participants())
        .containsExactly(
            new Participant(
                "c-42",
                Optional.of("Ann"),
                Optional.of("+441632960001"),
                Role.CUSTOMER,
                Optional.empty()),
            Participant.of("agent-03", Role.AGENT).withName("Grace"));
    assertThat(call.turns())
        .containsExactly(
            turn("c-42", "2026-05-01T09:30:00Z", 0, "my kettle is broken"),
            turn("agent-03", "2026-05-01T09:30:01Z", 1000, "oh dear"));
    String uri = audio.toString().replace('\\', '/');
    assertThat(call.recording()).contains(new Recording(uri, 2000, 2, false));
    assertThat(call.transcript()).contains(new TranscriptInfo("fake", "tiny", "1", 0.75));
    assertThat(call.source().orElseThrow().checksum().orElseThrow()).startsWith("sha256:");
    assertThat(found.warnings)
        .containsExactly(": mood: not a field of a call; kept as an attribute");
  }

  private static Turn turn(String participant, String at, long startMs, String text) {
    return Turn.builder(participant)
        .at(Instant.parse(at))
        .audio(startMs, startMs + 900)
        .text(text)
        .words(
            List.of(
                new Word(
                    text,
                    startMs,
                    startMs + 900,
                    0.5,
                    List.of(new Word.Alternative("other", 0.25)))))
        .build();
  }

  @Test
  void call_manifest_isReadByTheFilesName() throws IOException {
    Path audio = audio("\u901A\u8A71 1.wav", "0|hello", "1|good morning");
    String manifest =
        """
        \uFEFFfile,id,customer,startedAt,agentId,customerAddress,tags,queue
        other.wav,x,,,,,,
        \u901A\u8A71 1.wav,call-8,c-1,2026-05-01T09:30:00Z,ag-1,+44 1632,a; b,sales
        """;
    Files.writeString(folder.resolve("manifest.csv"), manifest);

    Interaction call = read(audio).only();

    assertThat(call.id()).isEqualTo("call-8");
    assertThat(call.customers()).containsExactly("c-1");
    assertThat(call.tags()).containsExactly("a", "b");
    assertThat(call.attributes()).containsEntry("queue", "sales").doesNotContainKey("file");
    assertThat(call.turns()).extracting(Turn::participant).containsExactly("ag-1", "c-1");
    assertThat(call.participant("c-1").orElseThrow().address()).contains("+44 1632");
  }

  @Test
  void call_noMetadata_isNamedByFileAndDigestWithWarnings() throws IOException {
    Path audio = audio("\u0995\u09B2.wav", "0|hello", "1|hi");
    Files.setLastModifiedTime(audio, FileTime.from(Instant.parse("2026-05-01T09:30:00Z")));

    FoundSink found = read(audio);

    Interaction call = found.only();
    assertThat(call.id()).matches("\u0995\u09B2-[0-9a-f]{12}");
    assertThat(call.startedAt()).isEqualTo("2026-05-01T09:30:00Z");
    assertThat(call.customers()).containsExactly(Interaction.UNKNOWN_CUSTOMER);
    assertThat(call.turns()).extracting(Turn::participant).containsExactly("agent", "customer");
    assertThat(call.attributes())
        .containsEntry("agentChannelGuessed", "true")
        .containsEntry("agentChannel", "0");
    assertThat(found.warnings).hasSize(2);
    assertThat(found.warnings.get(0)).contains("EARSHOT-374");
    assertThat(found.warnings.get(1)).contains("EARSHOT-373");
  }

  @Test
  void call_recogniserKnowsTheAgent_isBelieved() throws IOException {
    CallReader reader = new CallReader(() -> new FakeTranscriber("m", SpeakerRole.AGENT));

    Interaction call = read(reader, audio("a.wav", "0|hello", "1|hi")).only();

    assertThat(call.turns()).extracting(Turn::participant).containsExactly("customer", "agent");
    assertThat(call.attributes()).doesNotContainKey("agentChannelGuessed");
  }

  @Test
  void call_recogniserGuessesTheAgent_isMarkedAsGuessed() throws IOException {
    CallReader reader = new CallReader(() -> new FakeTranscriber("m", SpeakerRole.AGENT));

    Interaction call = read(reader, audio("a.wav", "0|hello GUESSED", "1|hi")).only();

    assertThat(call.turns()).extracting(Turn::participant).containsExactly("customer", "agent");
    assertThat(call.attributes()).containsEntry("agentChannelGuessed", "true");
  }

  @Test
  void call_monoMadeStereo_nobodyTakenForTheAgent() throws IOException {
    CallReader reader = new CallReader(FakeTranscriber::new);
    FoundSink found = read(reader, audio("a.wav", "0|hello UPMIXED", "0|hi"));

    Interaction call = found.only();

    assertThat(call.turns()).extracting(Turn::participant).containsExactly("speaker", "speaker");
    assertThat(call.recording().orElseThrow().channels()).isEqualTo(2);
    assertThat(call.attributes()).doesNotContainKey("agentChannel").containsEntry("voices", "1");
  }

  @Test
  void call_voicesToldApartOnOneChannel_aParticipantEach() throws IOException {
    CallReader reader = new CallReader(FakeTranscriber::new);
    FoundSink found = read(reader, audio("a.wav", "0:0|hello", "0:1|hi", "0:0|bye"));

    Interaction call = found.only();

    assertThat(call.turns())
        .extracting(Turn::participant)
        .containsExactly("speaker-1", "speaker-2", "speaker-1");
    assertThat(HeardCall.of(call).orElseThrow().voices()).isEqualTo(2);
    assertThat(HeardCall.of(call).orElseThrow().apart()).isFalse();
    assertThat(HeardCall.of(call).orElseThrow().turns())
        .extracting(HeardCall::voice)
        .containsExactly(0, 1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| speaker | OTHER",
        "{\"customer\": \"c-1\"}| c-1 | CUSTOMER",
        "{\"customer\": \"c-1\", \"agent\": \"a-1\"}| speaker | OTHER",
        "{\"participants\": [{\"id\": \"p\", \"role\": \"customer\"}]}| p | CUSTOMER"
      })
  void call_oneChannel_isTheCustomersOnlyIfNobodyElseIsNamed(
      String sideCar, String participant, Role role) throws IOException {
    Path audio = audio("a.wav", "0|hello");
    Files.writeString(folder.resolve("a.json"), sideCar);

    Interaction call = read(audio).only();

    assertThat(call.participants().getFirst()).isEqualTo(Participant.of(participant, role));
    assertThat(call.turns()).extracting(Turn::participant).containsExactly(participant);
    assertThat(call.attributes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"agentChannel\": 2}| agentChannel: expected 0 or 1 (a.json)",
        "{\"startedAt\": \"yesterday\"}| startedAt: expected an instant with its offset",
        "{\"direction\": \"up\"}| direction: expected one of inbound, outbound, internal",
        "{\"customer\": \" \"}| customer: expected a string that is not blank",
        "{\"tags\": [1, {}]}| tags[1]: expected a string",
        "{\"attributes\": 7}| attributes: expected an object",
        "{\"participants\": [7]}| participants[0]: expected an object",
        "[]| expected one JSON object (line 1)",
        "{\"id\": \"secret| not valid JSON (line 1, column",
        "{} {}| there is more after the JSON object",
      })
  void call_brokenSideCar_isRejectedBeforeTheAudioIsTouched(String sideCar, String reason)
      throws IOException {
    Path audio = audio("a.wav", "0|hello");
    Files.writeString(folder.resolve("a.json"), sideCar);

    FoundSink found = read(audio);

    assertThat(found.interactions).isEmpty();
    assertThat(found.rejected)
        .singleElement()
        .asString()
        .startsWith("a.json: EARSHOT-370")
        .contains(reason)
        .doesNotContain("secret");
    assertThat(transcriber.heard).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'file,agentChannel\na.wav,left'| 'manifest.csv, line 2: EARSHOT-370'",
        "'file,id\na.wav'| 'line 2: 1 values for 2 columns'",
        "'id\na.wav'| 'line 1: no column is named file'",
        "'file,id\na.wav,1\na.wav,2'| 'line 3: the file is listed twice'",
      })
  void call_brokenManifest_isRejectedWithItsLine(String manifest, String reason)
      throws IOException {
    Path audio = audio("a.wav", "0|hello");
    Files.writeString(folder.resolve("manifest.csv"), manifest);

    FoundSink found = read(audio);

    assertThat(found.interactions).isEmpty();
    assertThat(found.rejected).singleElement().asString().contains(reason);
  }

  @Test
  void call_undecodableAudio_isRejectedWithTheDecodersMessage() throws IOException {
    FoundSink found = read(audio("a.mp3", "BROKEN"));

    assertThat(found.rejected).containsExactly(": EARSHOT-2xx: no audio in it that can be decoded");
  }

  @Test
  void call_noModel_isRejectedWithTheReason() throws IOException {
    CallReader reader =
        new CallReader(
            () -> {
              throw new UncheckedIOException(new IOException("no model in models/x"));
            });

    FoundSink found = read(reader, audio("a.wav", "0|hello"));

    assertThat(found.rejected)
        .containsExactly(": EARSHOT-372: the call cannot be transcribed: no model in models/x");
  }

  @ParameterizedTest
  @CsvSource({"a.opus,true", "b.M4A,true", "c.txt,false", "d,false", "e.json,false"})
  void reads_byName(String name, boolean expected) throws IOException {
    InputFile input = InputFile.of(Files.writeString(folder.resolve(name), "what is this"));

    assertThat(new CallReader(() -> transcriber).reads(input)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"RIFF1234WAVEfmt,true", "OggS,true", "fLaC,true", "#!AMR,true", "FORM1234AIFC,true"})
  void reads_byContent(String head, boolean expected) throws IOException {
    InputFile input = InputFile.of(Files.writeString(folder.resolve("recording"), head));

    assertThat(new CallReader(() -> transcriber).reads(input)).isEqualTo(expected);
  }
}
