package io.earshot.indexers;

import io.earshot.Interaction;
import io.earshot.Recording;
import io.earshot.TranscriptInfo;
import io.earshot.Turn;
import io.earshot.Word;
import io.earshot.transcription.AudioChannel;
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
 * @param apart whether each speaker has a channel; else all are on one
 * @param voices number of channels if speakers are apart, else of voices that were told apart
 * @param agentChannel the representative's channel as far as the recording tells
 * @param agentGuessed whether that was only guessed
 * @param turns what was said, in order; the participants are the voices' numbers
 */
record HeardCall(
    Recording recording,
    TranscriptInfo transcript,
    boolean apart,
    int voices,
    OptionalInt agentChannel,
    boolean agentGuessed,
    List<Turn> turns) {

  // The attributes that keep what is known for of(Interaction).
  static final String AGENT_CHANNEL = "agentChannel";
  static final String AGENT_GUESSED = "agentChannelGuessed";

  /** How many voices share the one channel that has any; if it is not there, speakers are apart. */
  static final String VOICES = "voices";

  static HeardCall of(Transcript transcript, String uri) {
    List<Turn> turns = new ArrayList<>();
    OptionalInt agent = OptionalInt.empty();
    int channels = Math.max(1, transcript.channels());
    boolean apart = channels - copies(transcript) > 1;
    int voices = 1;
    for (Utterance utterance : transcript.utterances()) {
      channels = Math.max(channels, utterance.channel() + 1);
      if (utterance.role() == SpeakerRole.AGENT) {
        agent = OptionalInt.of(utterance.channel());
      } else if (utterance.role() == SpeakerRole.CUSTOMER && transcript.channels() == 2) {
        agent = OptionalInt.of(1 - Math.min(1, utterance.channel()));
      }
      voices = Math.max(voices, utterance.speaker() + 1);
      turns.add(
          Turn.builder(Integer.toString(apart ? utterance.channel() : utterance.speaker()))
              .audio(utterance.startMs(), utterance.endMs())
              .text(utterance.text())
              .words(utterance.words().stream().map(HeardCall::word).toList())
              .build());
    }
    return new HeardCall(
        new Recording(uri, transcript.durationMs(), channels, transcript.incomplete()),
        new TranscriptInfo(
            transcript.engine(), transcript.model(), transcript.version(), transcript.coverage()),
        apart,
        apart ? channels : voices,
        agent,
        transcript.rolesGuessed() || agent.isEmpty(),
        turns);
  }

  private static int copies(Transcript transcript) {
    return (int)
        transcript.audioChannels().stream()
            .filter(channel -> channel.state() == AudioChannel.State.COPY)
            .count();
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
   * the voices, in their order. Empty if it has no recording or transcript, or was not made like
   * that.
   */
  static Optional<HeardCall> of(Interaction stored) {
    if (stored.recording().isEmpty() || stored.transcript().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> shared = Optional.ofNullable(stored.attributes().get(VOICES));
    if (shared.isPresent() && !shared.get().matches("[1-9][0-9]{0,3}")) {
      return Optional.empty();
    }
    boolean apart = shared.isEmpty() && stored.recording().get().channels() > 1;
    int voices =
        shared.map(Integer::parseInt).orElse(apart ? stored.recording().get().channels() : 1);
    Map<String, Integer> voiceOf = new HashMap<>();
    for (int i = 0; i < stored.participants().size(); i++) {
      voiceOf.putIfAbsent(stored.participants().get(i).id(), i);
    }
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : stored.turns()) {
      int voice = voiceOf.getOrDefault(turn.participant(), -1);
      if (voice < 0 || voice >= voices || turn.startMs().isEmpty() || turn.endMs().isEmpty()) {
        return Optional.empty();
      }
      turns.add(
          Turn.builder(Integer.toString(voice))
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
            apart,
            voices,
            agent.matches("[01]") ? OptionalInt.of(Integer.parseInt(agent)) : OptionalInt.empty(),
            stored.attributes().containsKey(AGENT_GUESSED),
            turns));
  }

  /** Which voice a turn has. */
  static int voice(Turn turn) {
    return Integer.parseInt(turn.participant());
  }
}
