package io.earshot.transcription;

import io.earshot.transcription.AudioChannel.State;
import io.earshot.transcription.ChannelRecognizer.Recognized;
import io.earshot.written.WrittenForms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Makes a transcript of what was recognised on a call's channels. */
final class TranscriptAssembler {
  private final CallRecognizer call;
  private final OptionalInt configuredAgent;
  private final WrittenForms forms;
  private final List<AudioChannel> channels = new ArrayList<>();
  private final List<List<Recognized>> recognized = new ArrayList<>();

  TranscriptAssembler(CallRecognizer call, EngineSettings settings, WrittenForms forms) {
    this.call = call;
    this.forms = forms;
    configuredAgent = settings.agentChannel();
  }

  /** What was said and heard; the engine, and what is known of the file, are still to be told. */
  Transcript.Builder assemble(String source) {
    for (int i = 0; i < call.channels(); i++) {
      channels.add(call.audioChannel(i));
      recognized.add(channels.get(i).state() == State.COPY ? List.of() : call.utterances(i));
    }
    OptionalInt agent = agent();
    return Transcript.builder(source)
        .audioChannels(channels)
        .rolesGuessed(agent.isPresent() && configuredAgent.isEmpty())
        .coverage(coverage())
        .warnings(warnings(source))
        .utterances(utterances(agent));
  }

  /** The representative's channel; empty if voices are not apart. */
  private OptionalInt agent() {
    if (channels.stream().filter(each -> each.state() != State.COPY).count() < 2) {
      return OptionalInt.empty();
    }
    if (configuredAgent.isPresent() || channels.size() != 2) {
      return configuredAgent;
    }
    return OptionalInt.of(AgentGuess.channel(words(0), words(1)));
  }

  private List<String> words(int channel) {
    return recognized.get(channel).stream()
        .flatMap(each -> each.words().stream())
        .map(TranscribedWord::text)
        .toList();
  }

  private SpeakerRole role(int channel, OptionalInt agent) {
    return role(channel, channels.size(), agent);
  }

  /** The role of a channel, of so many, if one is the representative's. */
  static SpeakerRole role(int channel, int channels, OptionalInt agent) {
    if (agent.isEmpty()) {
      return SpeakerRole.UNKNOWN;
    }
    if (agent.getAsInt() == channel) {
      return SpeakerRole.AGENT;
    }
    return channels == 2 ? SpeakerRole.CUSTOMER : SpeakerRole.UNKNOWN;
  }

  private List<Utterance> utterances(OptionalInt agent) {
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < recognized.size(); i++) {
      List<Recognized> ofChannel = recognized.get(i);
      List<Integer> speakers =
          agent.isPresent()
              ? ofChannel.stream().map(each -> 0).toList()
              : Voices.speakers(ofChannel.stream().map(Recognized::voice).toList());
      for (int j = 0; j < ofChannel.size(); j++) {
        Recognized each = ofChannel.get(j);
        utterances.add(
            new Utterance(
                i,
                speakers.get(j),
                role(i, agent),
                each.startMs(),
                each.endMs(),
                Texts.of(each.words(), forms),
                each.words()));
      }
    }
    utterances.sort(
        Comparator.comparingLong(Utterance::startMs).thenComparingInt(Utterance::channel));
    return utterances;
  }

  private double coverage() {
    long speechMs = 0;
    long heardMs = 0;
    for (AudioChannel channel : channels) {
      if (channel.state() != State.COPY) {
        speechMs += channel.speechMs();
        heardMs += channel.heardMs();
      }
    }
    return speechMs == 0 ? 1 : (double) heardMs / speechMs;
  }

  private List<String> warnings(String source) {
    List<String> warnings = new ArrayList<>();
    for (AudioChannel channel : channels) {
      if (channel.state() == State.SILENT && channels.size() > 1) {
        warnings.add(
            "EARSHOT-240: channel %d of %s is silent: one side of the call was not recorded. Check the recorder."
                .formatted(channel.index(), source));
      }
      if (channel.state() == State.COPY) {
        warnings.add(
            "EARSHOT-241: channel %d of %s is a copy of another: a mono recording made stereo. It was transcribed once, and who speaks is not known."
                .formatted(channel.index(), source));
      }
    }
    return warnings;
  }
}
