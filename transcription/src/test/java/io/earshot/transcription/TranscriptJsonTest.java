package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TranscriptJsonTest {
  @Property(tries = 300)
  void read_whatWasWritten_theSameTranscript(@ForAll("transcripts") Transcript transcript)
      throws IOException {
    String json = TranscriptFormat.JSON.format(transcript);

    assertThat(TranscriptJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(transcript);
  }

  @Example
  void read_fieldNotKnown_refusedRatherThanLost() {
    String json = TranscriptFormat.JSON.format(Transcript.builder("a.wav").build());

    assertThatThrownBy(() -> read(json.replace("\"coverage\"", "\"mood\"")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mood");
  }

  @Example
  void read_noTranscript_refused() {
    for (String json :
        List.of(
            "", "[]", "{", "{\"source\":1}", "{} {}", "{\"durationMs\":-1}", "{\"coverage\":2}")) {
      assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(IOException.class);
    }
  }

  private static Transcript read(String json) throws IOException {
    return TranscriptJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<Transcript> transcripts() {
    Arbitrary<Transcript.Builder> begun =
        Combinators.combine(text(), text(), text(), text(), times(), shares())
            .as(
                (source, engine, version, model, durationMs, coverage) ->
                    Transcript.builder(source)
                        .engine(engine, version)
                        .model(model)
                        .durationMs(durationMs)
                        .coverage(coverage));
    return Combinators.combine(
            begun,
            Arbitraries.integers().between(0, 8),
            channel().list().ofMaxSize(3),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            text().list().ofMaxSize(2),
            utterance().list().ofMaxSize(4))
        .as(
            (builder, channels, audioChannels, rolesGuessed, incomplete, warnings, utterances) ->
                builder
                    .audioChannels(audioChannels)
                    .channels(channels)
                    .rolesGuessed(rolesGuessed)
                    .incomplete(incomplete)
                    .warnings(warnings)
                    .utterances(utterances)
                    .build());
  }

  private static Arbitrary<AudioChannel> channel() {
    Arbitrary<AudioChannel.Stretch> stretch =
        Combinators.combine(times(), times(), Arbitraries.of(AudioChannel.Kind.class))
            .as((from, length, kind) -> new AudioChannel.Stretch(from, from + length, kind));
    return Combinators.combine(
            Arbitraries.integers().between(0, 7),
            Arbitraries.of(AudioChannel.State.class),
            times(),
            times(),
            stretch.list().ofMaxSize(3))
        .as(
            (index, state, heardMs, moreMs, stretches) ->
                new AudioChannel(index, state, heardMs + moreMs, heardMs, stretches));
  }

  private static Arbitrary<Utterance> utterance() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(SpeakerRole.class),
            times(),
            times(),
            text(),
            word().list().ofMaxSize(4))
        .as(
            (channel, speaker, role, from, length, text, words) ->
                new Utterance(channel, speaker, role, from, from + length, text, words));
  }

  private static Arbitrary<TranscribedWord> word() {
    Arbitrary<TranscribedWord.Alternative> alternative =
        Combinators.combine(text(), shares()).as(TranscribedWord.Alternative::new);
    return Combinators.combine(text(), times(), times(), shares(), alternative.list().ofMaxSize(2))
        .as(
            (text, from, length, confidence, alternatives) ->
                new TranscribedWord(text, from, from + length, confidence, alternatives));
  }

  private static Arbitrary<Long> times() {
    return Arbitraries.longs().between(0, 200L * 3_600_000);
  }

  private static Arbitrary<Double> shares() {
    return Arbitraries.doubles().between(0, 1).ofScale(17);
  }

  /** Anything but half a surrogate pair, which is no text. */
  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .ofMaxLength(12)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }
}
