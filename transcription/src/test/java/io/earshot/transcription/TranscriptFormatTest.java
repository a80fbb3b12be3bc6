package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptFormatTest {
  private static final Transcript TRANSCRIPT =
      Transcript.builder("call.wav")
          .engine("vosk", "0.3.45")
          .model("tiny")
          .durationMs(3_725_678)
          .audioChannels(
              List.of(
                  new AudioChannel(0, AudioChannel.State.SILENT, 0, 0, List.of()),
                  new AudioChannel(
                      1,
                      AudioChannel.State.SPEECH,
                      1_000,
                      750,
                      List.of(new AudioChannel.Stretch(40, 90, AudioChannel.Kind.NOT_UNDERSTOOD)))))
          .coverage(0.75)
          .rolesGuessed(true)
          .incomplete(true)
          .warnings(List.of("EARSHOT-211: cut \"short\""))
          .utterances(
              List.of(
                  utterance(1, SpeakerRole.CUSTOMER, 5_700, 6_250, "R&D is <late>"),
                  utterance(0, SpeakerRole.AGENT, 7_000, 7_100, ""),
                  utterance(0, SpeakerRole.AGENT, 3_723_004, 3_723_004, "I see\n\nthat")))
          .build();

  private static Utterance utterance(
      int channel, SpeakerRole role, long startMs, long endMs, String text) {
    List<TranscribedWord.Alternative> alternatives =
        List.of(new TranscribedWord.Alternative("are", 0.25));
    return new Utterance(
        channel,
        0,
        role,
        startMs,
        endMs,
        text,
        List.of(new TranscribedWord("r", startMs, endMs, 0.5, alternatives)));
  }

  @Test
  void json_transcript_theDocumentedObjectOnOneLine() {
    String json = TranscriptFormat.JSON.format(TRANSCRIPT);

    assertThat(json)
        .startsWith(
            "{\"source\":\"call.wav\",\"engine\":\"vosk\",\"model\":\"tiny\",\"version\":\"0.3.45\","
                + "\"durationMs\":3725678,\"channels\":2,\"coverage\":0.75,\"rolesGuessed\":true,"
                + "\"incomplete\":true,\"warnings\":[\"EARSHOT-211: cut \\\"short\\\"\"],"
                + "\"audioChannels\":[{\"channel\":0,\"state\":\"SILENT\",\"speechMs\":0,\"heardMs\":0,"
                + "\"coverage\":1.0,\"stretches\":[]},{\"channel\":1,\"state\":\"SPEECH\","
                + "\"speechMs\":1000,\"heardMs\":750,\"coverage\":0.75,\"stretches\":["
                + "{\"startMs\":40,\"endMs\":90,\"kind\":\"NOT_UNDERSTOOD\"}]}],\"utterances\":["
                + "{\"channel\":1,\"speaker\":0,\"role\":\"CUSTOMER\",\"startMs\":5700,\"endMs\":6250,"
                + "\"text\":\"R&D is <late>\",\"words\":[{\"text\":\"r\",\"startMs\":5700,"
                + "\"endMs\":6250,\"confidence\":0.5,"
                + "\"alternatives\":[{\"text\":\"are\",\"confidence\":0.25}]}]},")
        .endsWith("}]}\n")
        .hasLineCount(1);
  }

  @Test
  void vtt_transcript_voicesEscapedAndNoEmptyCue() {
    String vtt = TranscriptFormat.VTT.format(TRANSCRIPT);

    assertThat(vtt)
        .isEqualTo(
            """
            WEBVTT

            00:00:05.700 --> 00:00:06.250
            <v Customer>R&amp;D is &lt;late&gt;

            01:02:03.004 --> 01:02:03.005
            <v Agent>I see that
            """);
  }

  @Test
  void srt_transcript_numberedCues() {
    String srt = TranscriptFormat.SRT.format(TRANSCRIPT);

    assertThat(srt)
        .isEqualTo(
            """
            1
            00:00:05,700 --> 00:00:06,250
            CUSTOMER: R&D is <late>

            2
            01:02:03,004 --> 01:02:03,005
            AGENT: I see that
            """);
  }

  @Test
  void text_transcript_aLineAnUtterance() {
    String text = TranscriptFormat.TEXT.format(TRANSCRIPT);

    assertThat(text)
        .isEqualTo(
            """
            [00:05.7] CUSTOMER: R&D is <late>
            [1:02:03.0] AGENT: I see that
            """);
  }

  @Test
  void text_roleUnknown_theChannelsNumber() {
    Transcript mono =
        Transcript.builder("call.wav")
            .utterances(List.of(utterance(0, SpeakerRole.UNKNOWN, 100, 200, "hello")))
            .build();

    assertThat(TranscriptFormat.TEXT.format(mono)).isEqualTo("[00:00.1] CHANNEL 0: hello\n");
    assertThat(TranscriptFormat.VTT.format(mono)).contains("<v Channel 0>hello");
  }

  @Test
  void text_voicesToldApart_theirNumbers() {
    Utterance first = utterance(0, SpeakerRole.UNKNOWN, 100, 200, "hello");
    Utterance second = new Utterance(0, 1, SpeakerRole.UNKNOWN, 300, 400, "hi", first.words());
    Transcript mono = Transcript.builder("call.wav").utterances(List.of(first, second)).build();

    assertThat(TranscriptFormat.TEXT.format(mono))
        .isEqualTo("[00:00.1] SPEAKER 1: hello\n[00:00.3] SPEAKER 2: hi\n");
  }

  @Test
  void write_writer_leftOpen() throws IOException {
    boolean[] closed = new boolean[1];
    StringWriter out =
        new StringWriter() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    for (TranscriptFormat format : TranscriptFormat.values()) {
      format.write(TRANSCRIPT, out);
    }

    assertThat(closed[0]).isFalse();
  }
}
