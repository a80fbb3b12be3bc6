package io.earshot.indexers;

import io.earshot.Interaction;
import io.earshot.Recording;
import io.earshot.TranscriptInfo;
import io.earshot.Turn;
import io.earshot.Word;
import io.earshot.transcription.SpeakerRole;
import io.earshot.transcription.TranscribedWord;
import io.earshot.transcription.Transcript;
import io.earshot.transcription.Utterance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was heard in a recording, before it is known who spoke on which channel: made by a
 * recogniser now, or taken from an interaction that was indexed earlier.
 *
 * @param recording the recording
 * @param transcript what made the transcript
 * @param agentChannel the representative's channel as far as the recording tells
 * @param turns what was said, in order
 */
record HeardCall(
    Recording recording, TranscriptInfo transcript, OptionalInt agentChannel, List<Turn> turns) {

  /** The attribute that keeps a two-channel call's agent channel for {@link #of(Interaction)}. */
  static final String AGENT_CHANNEL = "agentChannel";

  /** The turns' participants are the channels' numbers. */
  static HeardCall of(Transcript transcript, String uri) {
    List<Turn> turns = new ArrayList<>();
    OptionalInt agent = OptionalInt.empty();
    int channels = Math.max(1, transcript.channels());
    for (Utterance utterance : transcript.utterances()) {
      channels = Math.max(channels, utterance.channel() + 1);
      if (utterance.role() == SpeakerRole.AGENT) {
        agent = OptionalInt.of(utterance.channel());
      } else if (utterance.role() == SpeakerRole.CUSTOMER && transcript.channels() == 2) {
        agent = OptionalInt.of(1 - Math.min(1, utterance.channel()));
      }
      turns.add(
          Turn.builder(Integer.toString(utterance.channel()))
              .audio(utterance.startMs(), utterance.endMs())
              .text(utterance.text())
              .words(utterance.words().stream().map(HeardCall::word).toList())
              .build());
    }
    return new HeardCall(
        new Recording(uri, transcript.durationMs(), channels, transcript.incomplete()),
        new TranscriptInfo(
            transcript.engine(), transcript.model(), transcript.version(), transcript.coverage()),
        agent,
        turns);
  }

  private static Word word(TranscribedWord word) {
    return new Word(
        word.text(),
        word.startMs(),
        word.endMs(),
        word.confidence(),
        word.alternatives().stream()
            .map(each -> new Word.Alternative(each.text(), each.confidence()))
            .toList());
  }

  /**
   * The same of a call that {@link CallReader} made earlier: its first participants are those of
   * the channels, in their order. Empty if it has no recording or transcript, or was not made like
   * that.
   */
  static Optional<HeardCall> of(Interaction stored) {
    if (stored.recording().isEmpty() || stored.transcript().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> channels = new HashMap<>();
    for (int i = 0; i < stored.participants().size(); i++) {
      channels.putIfAbsent(stored.participants().get(i).id(), i);
    }
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : stored.turns()) {
      int channel = channels.getOrDefault(turn.participant(), -1);
      if (channel < 0
          || channel >= stored.recording().get().channels()
          || turn.startMs().isEmpty()
          || turn.endMs().isEmpty()) {
        return Optional.empty();
      }
      turns.add(
          Turn.builder(Integer.toString(channel))
              .audio(turn.startMs().getAsLong(), turn.endMs().getAsLong())
              .text(turn.text())
              .words(turn.words())
              .build());
    }
    String agent = stored.attributes().getOrDefault(AGENT_CHANNEL, "");
    return Optional.of(
        new HeardCall(
            stored.recording().get(),
            stored.transcript().get(),
            agent.matches("[01]") ? OptionalInt.of(Integer.parseInt(agent)) : OptionalInt.empty(),
            turns));
  }

  /** The audio channel of a turn. */
  static int channel(Turn turn) {
    return Integer.parseInt(turn.participant());
  }
}
