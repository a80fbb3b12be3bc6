package io.earshot.transcription;

import io.earshot.transcription.AudioChannel.State;
import io.earshot.transcription.AudioChannel.Stretch;
import io.earshot.transcription.ChannelRecognizer.Recognized;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises one call, all channels side by side: silences what leaks between them, lets speech
 * through, and tells what was heard on each.
 *
 * <p>Not thread-safe: made, fed and closed in one thread. Holds native memory until it is closed;
 * closing twice is harmless.
 */
final class CallRecognizer implements PcmSink, AutoCloseable {
  /** The loudest sample of a line that carries nothing: -60 dB of the loudest there is. */
  private static final int SILENCE = 32;

  private static final Comparator<Stretch> STRETCHES =
      Comparator.comparingLong(Stretch::startMs).thenComparing(Stretch::kind);

  private final List<ChannelRecognizer> recognizers = new ArrayList<>();
  private final List<SpeechGate> gates = new ArrayList<>();
  private final @Nullable CrosstalkGate crosstalk;
  private final PcmSink first;

  /** Of a recording. */
  CallRecognizer(LoadedModel model, int channels, boolean skipsSilence) {
    this(model, channels, skipsSilence, false);
  }

  /**
   * Of a recording or a live call.
   *
   * @param live whether nothing is to be held back: the words are the same, and it takes a little
   *     more time in all
   */
  CallRecognizer(LoadedModel model, int channels, boolean skipsSilence, boolean live) {
    int blocksPerSecond =
        live ? SpeechDetector.FRAMES_PER_SECOND : ChannelRecognizer.BLOCKS_PER_SECOND;
    for (int i = 0; i < channels; i++) {
      ChannelRecognizer recognizer = new ChannelRecognizer(model, blocksPerSecond);
      recognizers.add(recognizer);
      gates.add(new SpeechGate(recognizer, model.sampleRateHz(), skipsSilence));
    }
    if (channels == 1) {
      crosstalk = null;
      first = new Gates(gates);
    } else if (live) {
      PromptGate prompt = new PromptGate(gates, model.sampleRateHz());
      crosstalk = prompt.gate();
      first = prompt;
    } else {
      crosstalk = new CrosstalkGate(channels, model.sampleRateHz(), new Gates(gates));
      first = crosstalk;
    }
  }

  @Override
  public void samples(short[][] channels, int length) throws IOException {
    first.samples(channels, length);
  }

  @Override
  public void gap(long samples) throws IOException {
    first.gap(samples);
  }

  @Override
  public void end() throws IOException {
    first.end();
  }

  /** Number of channels. */
  int channels() {
    return gates.size();
  }

  /** What is being said on a channel; empty if nothing. */
  String partial(int channel) throws IOException {
    return recognizers.get(channel).partial();
  }

  /** What was said on a channel so far: without words that were heard in tones and music. */
  List<Recognized> utterances(int channel) {
    List<Stretch> steady = gates.get(channel).stretches();
    List<Recognized> all = recognizers.get(channel).utterances();
    if (steady.isEmpty()) {
      return List.copyOf(all);
    }
    List<Recognized> kept = new ArrayList<>();
    for (Recognized each : all) {
      List<TranscribedWord> words =
          each.words().stream().filter(word -> !isWithin(word, steady)).toList();
      if (!words.isEmpty()) {
        kept.add(new Recognized(words, each.voice()));
      }
    }
    return kept;
  }

  /** What was said on a channel after so many utterances, whatever it was heard in. */
  List<Recognized> utterancesAfter(int channel, int count) {
    List<Recognized> all = recognizers.get(channel).utterances();
    return List.copyOf(all.subList(count, all.size()));
  }

  private static boolean isWithin(TranscribedWord word, List<Stretch> stretches) {
    long middle = (word.startMs() + word.endMs()) / 2;
    return stretches.stream().anyMatch(each -> each.startMs() <= middle && middle < each.endMs());
  }

  /** How well a channel could be heard; known at the end. */
  AudioChannel audioChannel(int channel) {
    SpeechGate gate = gates.get(channel);
    List<Recognized> utterances = utterances(channel);
    Hearing hearing = Hearing.of(utterances, gate.speech());
    List<Stretch> stretches = new ArrayList<>(gate.stretches());
    stretches.addAll(hearing.notUnderstood());
    State state = State.SPEECH;
    if (crosstalk != null && crosstalk.isCopy(channel)) {
      state = State.COPY;
    } else {
      if (crosstalk != null) {
        stretches.addAll(crosstalk.silenced(channel));
      }
      if (hearing.speechMs() == 0) {
        state = gate.loudest() <= SILENCE ? State.SILENT : State.NO_SPEECH;
      }
    }
    stretches.sort(STRETCHES);
    return new AudioChannel(channel, state, hearing.speechMs(), hearing.heardMs(), stretches);
  }

  @Override
  public void close() {
    recognizers.forEach(ChannelRecognizer::close);
    gates.forEach(SpeechGate::close);
  }

  private record Gates(List<SpeechGate> gates) implements PcmSink {
    @Override
    public void samples(short[][] channels, int length) throws IOException {
      for (int i = 0; i < channels.length; i++) {
        gates.get(i).accept(channels[i], length);
      }
    }

    @Override
    public void gap(long samples) throws IOException {
      for (SpeechGate gate : gates) {
        gate.gap(samples);
      }
    }

    @Override
    public void end() throws IOException {
      for (SpeechGate gate : gates) {
        gate.finish();
      }
    }
  }
}
