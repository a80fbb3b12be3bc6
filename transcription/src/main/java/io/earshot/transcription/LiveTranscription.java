package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import io.earshot.transcription.ChannelRecognizer.Recognized;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Transcribes one call while it goes on.
 *
 * <pre>{@code
 * try (LiveTranscription live = transcriber.live("call-17").listener(listener).open()) {
 *   while (...) {
 *     live.send(0, fromAgent, 160); // 20 ms of each leg, as they come
 *     live.send(1, fromCustomer, 160);
 *   }
 *   Transcript transcript = live.finish();
 * }
 * }</pre>
 *
 * <p>A thread of its own recognises the call and calls the listener; {@code send} only copies the
 * audio. The transcript is the one that the recording of the same audio would get, but for rare
 * words: see {@code docs/transcription.md}.
 *
 * <p><b>Legs.</b> Time is counted in samples, each leg's for itself. A leg that is behind another
 * is waited for, up to {@link Builder#longestLead}; then it is taken for silent up to there, what
 * it sends next counts from there, and the transcript has {@link AudioChannel.Kind#MISSING} there.
 * So it is with legs that send nothing while nobody speaks; sending silence for them saves the
 * wait.
 *
 * <p><b>Falling behind.</b> Where recognition is slower than the call, {@link #lagMs} grows. Once
 * {@link Builder#buffer} of audio waits, {@code send} waits for room, at most {@link
 * Builder#longestWait}. Then its audio is lost, and so is what follows until half of the buffer is
 * free: one long gap is better than many short ones. The transcript is marked incomplete, has
 * {@link AudioChannel.Kind#MISSING} where audio was lost, and a warning.
 *
 * <p>Thread-safe; the audio of one leg must come from one thread at a time to be in order. Holds
 * native memory until it is finished or closed.
 */
public final class LiveTranscription implements AutoCloseable {
  private static final int FRAMES_PER_SECOND = 50;

  private final VoskTranscriber transcriber;
  private final String source;
  private final int sampleRateHz;
  private final LiveListener listener;
  private final int buffer; // samples of each channel
  private final long longestWaitNanos;
  private final long longestLeadMs;
  private final int frame; // samples of each channel that are recognised at once

  private final Thread thread;
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final CompletableFuture<Transcript> outcome = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Frame> frames = new ArrayDeque<>(); // guarded by lock, as is what follows
  private final long[] sent; // samples, lost ones too
  private final int[] waiting; // samples that were sent and not yet recognised
  private final long[] lost; // samples since the last that were taken
  private final long[] lostSamples; // of each channel, in all
  private double firstLostSeconds;
  private boolean losing;
  private boolean ending;
  private boolean closed;

  private volatile long positionMs;

  // Of the thread:
  private final int[] utterances; // told of
  private final String[] partials; // told of

  private LiveTranscription(Builder builder) {
    transcriber = builder.transcriber;
    source = builder.source;
    sampleRateHz = builder.sampleRateHz;
    listener = builder.listener;
    buffer = Math.toIntExact(builder.buffer.toMillis() * sampleRateHz / 1_000);
    longestWaitNanos = builder.longestWait.toNanos();
    longestLeadMs = builder.longestLead.toMillis();
    frame = sampleRateHz / FRAMES_PER_SECOND;
    sent = new long[builder.channels];
    lostSamples = new long[builder.channels];
    waiting = new int[builder.channels];
    lost = new long[builder.channels];
    utterances = new int[builder.channels];
    partials = new String[builder.channels];
    Arrays.fill(partials, "");
    thread = new Thread(this::run, "earshot-live");
    thread.setDaemon(true);
  }

  /** Audio of one channel; or of none, and how much of each is missing. */
  private static final class Frame {
    private final int channel;
    private final short[] samples;
    private final long[] missing;

    Frame(int channel, short[] samples) {
      this.channel = channel;
      this.samples = samples;
      missing = new long[0];
    }

    Frame(long[] missing) {
      channel = 0;
      samples = new short[0];
      this.missing = missing;
    }
  }

  /**
   * Takes audio of all channels, sample by sample in turn.
   *
   * @param interleaved 16-bit samples; copied
   * @param length how many of them count, those of all channels together
   * @return whether all of it was taken; false if some is lost, because recognition is too slow
   * @throws IllegalArgumentException if {@code length} is no multiple of the number of channels
   * @throws IllegalStateException if this is finished or closed, or has failed
   */
  public boolean send(short[] interleaved, int length) {
    checkLength(interleaved, length);
    int channels = sent.length;
    if (length % channels != 0) {
      throw new IllegalArgumentException(
          "length must be a multiple of the %d channels, got %d".formatted(channels, length));
    }
    short[][] apart = new short[channels][length / channels];
    for (int i = 0; i < length; i++) {
      apart[i % channels][i / channels] = interleaved[i];
    }
    return send(0, apart);
  }

  /**
   * Takes audio of one channel.
   *
   * @param channel from 0
   * @param samples 16-bit samples; copied
   * @param length how many of them count
   * @return whether all of it was taken; false if some is lost, because recognition is too slow
   * @throws IllegalStateException if this is finished or closed, or has failed
   */
  public boolean send(int channel, short[] samples, int length) {
    if (channel < 0 || channel >= sent.length) {
      throw new IllegalArgumentException(
          "channel must be in [0, %d], got %d".formatted(sent.length - 1, channel));
    }
    checkLength(samples, length);
    return send(channel, new short[][] {Arrays.copyOf(samples, length)});
  }

  private static void checkLength(short[] samples, int length) {
    if (length < 0 || length > samples.length) {
      throw new IllegalArgumentException(
          "length must be in [0, %d], got %d".formatted(samples.length, length));
    }
  }

  private boolean send(int first, short[][] samples) {
    lock.lock();
    try {
      long nanos = Thread.currentThread().equals(thread) ? 0 : longestWaitNanos;
      boolean all = true;
      throwIfOver();
      for (int from = 0; from < samples[0].length; from += frame) {
        int length = Math.min(frame, samples[0].length - from);
        nanos = awaitRoom(first, samples.length, length, nanos);
        throwIfOver();
        for (int i = 0; i < samples.length; i++) {
          if (losing) {
            lose(first + i, length);
          } else {
            take(first + i, Arrays.copyOfRange(samples[i], from, from + length));
          }
        }
        all &= !losing;
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is room, or knows that audio is to be lost; the time that is left. */
  private long awaitRoom(int first, int channels, int length, long nanos) {
    long left = nanos;
    losing &= fullest(first, channels) > buffer / 2;
    while (!losing && !isOver() && fullest(first, channels) + length > buffer) {
      losing = left <= 0;
      try {
        left = losing ? 0 : changed.awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        left = 0;
      }
    }
    return left;
  }

  private int fullest(int first, int channels) {
    int most = 0;
    for (int i = first; i < first + channels; i++) {
      most = Math.max(most, waiting[i]);
    }
    return most;
  }

  private void take(int channel, short[] samples) {
    if (lost[channel] > 0) {
      addLost();
    }
    frames.add(new Frame(channel, samples));
    waiting[channel] += samples.length;
    sent[channel] += samples.length;
    changed.signalAll();
  }

  private boolean hasLost() {
    return Arrays.stream(lostSamples).anyMatch(samples -> samples > 0);
  }

  private void lose(int channel, int samples) {
    if (!hasLost()) {
      firstLostSeconds = (double) sent[channel] / sampleRateHz;
    }
    lostSamples[channel] += samples;
    lost[channel] += samples;
    sent[channel] += samples;
  }

  /** For all channels at once, else one of them would seem to be far behind. */
  private void addLost() {
    frames.add(new Frame(lost.clone()));
    Arrays.fill(lost, 0);
  }

  /** How far recognition is behind the audio that was sent, in milliseconds of audio, about. */
  public long lagMs() {
    lock.lock();
    try {
      long longest = Arrays.stream(sent).max().orElse(0);
      return Math.max(0, longest * 1_000 / sampleRateHz - positionMs);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the call: waits until all of it is recognised. Again gives the same.
   *
   * @throws IOException if recognition failed, or the listener threw: that is the cause
   * @throws InterruptedIOException if the waiting thread is interrupted; it may be called again
   * @throws IllegalStateException if this was closed before, or is called by the listener
   */
  public Transcript finish() throws IOException {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException(
          "EARSHOT-252: "
              + source
              + " cannot be finished by its own listener: it would wait for itself. Call finish()"
              + " from another thread.");
    }
    lock.lock();
    try {
      ending = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException(
              "EARSHOT-238: the transcription of " + source + " was interrupted.");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private IOException failure(@Nullable Throwable cause) {
    if (cause instanceof Over over) {
      throw new IllegalStateException(over.getMessage(), over);
    }
    return new IOException(failed(cause), cause);
  }

  private String failed(@Nullable Throwable cause) {
    return "EARSHOT-253: the live transcription of %s ended at %s: %s"
        .formatted(source, seconds(positionMs / 1_000.0), cause);
  }

  /**
   * Drops what is not recognised, and frees native memory before it returns; it takes as long as
   * recognising 20 ms of audio at most. After {@link #finish}, or again, it is harmless. Called by
   * the listener it returns at once, and this ends when the listener has returned.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      frames.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!Thread.currentThread().equals(thread)) {
      joinUninterruptibly();
    }
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOver() {
    return ending || closed || outcome.isDone();
  }

  private void throwIfOver() {
    if (outcome.isCompletedExceptionally() && !closed) {
      Throwable cause = outcome.exceptionNow();
      throw new IllegalStateException(failed(cause), cause);
    }
    if (isOver()) {
      throw new IllegalStateException(over());
    }
  }

  private String over() {
    return "EARSHOT-251: the live transcription of "
        + source
        + " is "
        + (closed ? "closed" : "finished")
        + "; open another.";
  }

  /** Was closed. */
  private static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1;

    Over(String message) {
      super(message);
    }
  }

  private void open() throws IOException {
    thread.start();
    try {
      opened.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof IllegalStateException state) {
        throw state;
      }
      throw e;
    }
  }

  private void run() {
    try {
      List<Transcript> made = new ArrayList<>();
      transcriber.recognizeLive(sent.length, call -> made.add(recognize(call)));
      outcome.complete(made.getFirst());
    } catch (Throwable e) { // whatever it is, those who wait must know
      opened.completeExceptionally(e);
      outcome.completeExceptionally(e);
    }
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Transcript recognize(CallRecognizer call) throws IOException {
    try (Legs legs =
        new Legs(
            sent.length, sampleRateHz, frame, transcriber.sampleRateHz(), longestLeadMs, call)) {
      opened.complete(true);
      for (Frame next = next(); next != null; next = next()) {
        for (int i = 0; i < next.missing.length; i++) {
          legs.missing(i, next.missing[i]);
        }
        legs.samples(next.channel, next.samples);
        legs.level();
        giveOut(legs, call);
        done(next);
      }
      legs.end();
      giveOut(legs, call);
      call.end();
      tell(call);
      return transcript(call, legs);
    }
  }

  /** The next that was sent, once there is something; null at the end of the call. */
  private @Nullable Frame next() {
    lock.lock();
    try {
      while (frames.isEmpty() && !ending && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        throw new Over(over());
      }
      if (frames.isEmpty() && Arrays.stream(lost).anyMatch(each -> each > 0)) {
        addLost();
      }
      return frames.poll();
    } finally {
      lock.unlock();
    }
  }

  private void done(Frame frame) {
    lock.lock();
    try {
      waiting[frame.channel] -= frame.samples.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void giveOut(Legs legs, CallRecognizer call) throws IOException {
    while (legs.giveOut()) {
      positionMs = legs.positionMs();
      tell(call);
    }
  }

  private void tell(CallRecognizer call) throws IOException {
    for (int i = 0; i < call.channels(); i++) {
      for (Recognized each : call.utterancesAfter(i, utterances[i])) {
        utterances[i]++;
        partials[i] = "";
        listener.utterance(utterance(i, each));
      }
      String partial = Texts.known(call.partial(i));
      if (!partial.equals(partials[i])) {
        partials[i] = partial;
        listener.partial(i, partial, positionMs);
      }
    }
  }

  private Utterance utterance(int channel, Recognized recognized) {
    return new Utterance(
        channel,
        0,
        TranscriptAssembler.role(channel, sent.length, transcriber.settings().agentChannel()),
        recognized.startMs(),
        recognized.endMs(),
        Texts.of(recognized.words(), transcriber.writtenForms()),
        recognized.words());
  }

  private Transcript transcript(CallRecognizer call, Legs legs) {
    Transcript heard =
        new TranscriptAssembler(call, transcriber.settings(), transcriber.writtenForms())
            .assemble(source)
            .build();
    List<String> warnings = new ArrayList<>();
    lock.lock();
    try {
      if (hasLost()) {
        warnings.add(
            "EARSHOT-250: %s of the audio of %s is lost, the first at %s: recognition, or the listener, was slower than the call. Recognise fewer calls at a time, take a smaller model, or have the listener hand its work on."
                .formatted(
                    seconds((double) Arrays.stream(lostSamples).max().orElse(0) / sampleRateHz),
                    source,
                    seconds(firstLostSeconds)));
      }
    } finally {
      lock.unlock();
    }
    boolean incomplete = !warnings.isEmpty();
    warnings.addAll(heard.warnings());
    return heard.toBuilder()
        .engine(transcriber.engine(), transcriber.version())
        .model(transcriber.model())
        .durationMs(legs.positionMs())
        .audioChannels(
            heard.audioChannels().stream()
                .map(each -> withMissing(each, legs.missing(each.index())))
                .toList())
        .incomplete(incomplete)
        .warnings(warnings)
        .build();
  }

  /** Each leg knows what it lacks; the call only knows what all of them lack. */
  private static AudioChannel withMissing(AudioChannel channel, List<Stretch> missing) {
    List<Stretch> stretches = new ArrayList<>(missing);
    channel.stretches().stream()
        .filter(each -> each.kind() != Kind.MISSING)
        .forEach(stretches::add);
    stretches.sort(Comparator.comparingLong(Stretch::startMs).thenComparing(Stretch::kind));
    return new AudioChannel(
        channel.index(), channel.state(), channel.speechMs(), channel.heardMs(), stretches);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /**
   * Settings of a {@link LiveTranscription}.
   *
   * <p>Not thread-safe; what it makes is.
   */
  public static final class Builder {
    private final VoskTranscriber transcriber;
    private final String source;
    private int sampleRateHz = 8_000;
    private int channels = 2;
    private LiveListener listener = LiveListener.NONE;
    private Duration buffer = Duration.ofSeconds(5);
    private Duration longestWait = Duration.ofSeconds(1);
    private Duration longestLead = Duration.ofMillis(200);

    Builder(VoskTranscriber transcriber, String source) {
      this.transcriber = transcriber;
      this.source = requireNonNull(source, "source");
    }

    /** The rate of the audio, 8,000 to 48,000 Hz. By default, 8,000. */
    public Builder sampleRateHz(int rate) {
      if (rate < 8_000 || rate > 48_000) {
        throw new IllegalArgumentException("sampleRateHz must be in [8000, 48000], got " + rate);
      }
      sampleRateHz = rate;
      return this;
    }

    /** Number of channels, 1 to 8. By default, 2: the legs of a call. */
    public Builder channels(int count) {
      if (count < 1 || count > 8) {
        throw new IllegalArgumentException("channels must be in [1, 8], got " + count);
      }
      channels = count;
      return this;
    }

    /** Who is told what is heard. By default, nobody. */
    public Builder listener(LiveListener each) {
      listener = requireNonNull(each, "each");
      return this;
    }

    /**
     * How much audio of a channel may wait for being recognised, 100 ms to an hour. By default, 5
     * s.
     */
    public Builder buffer(Duration audio) {
      buffer = checked("buffer", audio, Duration.ofMillis(100), Duration.ofHours(1));
      return this;
    }

    /**
     * How long {@code send} may wait for room in the buffer, up to a day; zero to never wait. By
     * default, 1 s.
     */
    public Builder longestWait(Duration time) {
      longestWait = checked("longestWait", time, Duration.ZERO, Duration.ofDays(1));
      return this;
    }

    /**
     * How far one channel may be ahead of another that is waited for, up to 10 s. What is heard on
     * the first comes later by as much. By default, 0.2 s: more than two legs of a phone system are
     * apart.
     */
    public Builder longestLead(Duration audio) {
      longestLead = checked("longestLead", audio, Duration.ZERO, Duration.ofSeconds(10));
      return this;
    }

    private static Duration checked(String name, Duration value, Duration least, Duration most) {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            "%s must be in [%s, %s], got %s".formatted(name, least, most, value));
      }
      return value;
    }

    /**
     * Begins: the call's thread is started.
     *
     * @throws IOException if FFmpeg does not exist for this platform
     * @throws IllegalStateException if the transcriber is closed
     */
    public LiveTranscription open() throws IOException {
      LiveTranscription live = new LiveTranscription(this);
      live.open();
      return live;
    }
  }
}
