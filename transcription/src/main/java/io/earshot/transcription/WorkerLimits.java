package io.earshot.transcription;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a worker process may use, and for how long it serves.
 *
 * @param load longest time for loading the model
 * @param stall longest time without progress in a recording
 * @param base time that each recording may take
 * @param timesLength and so many times its length more
 * @param heapBytes most Java heap
 * @param residentBytes most resident memory; empty for {@link #WORKING_BYTES} beside the model
 * @param recordings a worker is replaced after so many
 * @param audio or after so much audio
 */
record WorkerLimits(
    Duration load,
    Duration stall,
    Duration base,
    double timesLength,
    long heapBytes,
    OptionalLong residentBytes,
    int recordings,
    Duration audio) {
  /** What recognisers, lattices and decoders of one recording may need beside the model. */
  static final long WORKING_BYTES = 2L << 30;

  static final WorkerLimits DEFAULT =
      new WorkerLimits(
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          20,
          512L << 20,
          OptionalLong.empty(),
          1_000,
          Duration.ofHours(24));

  WorkerLimits withLoad(Duration other) {
    return new WorkerLimits(
        other, stall, base, timesLength, heapBytes, residentBytes, recordings, audio);
  }

  WorkerLimits withStall(Duration other) {
    return new WorkerLimits(
        load, other, base, timesLength, heapBytes, residentBytes, recordings, audio);
  }

  WorkerLimits withTotal(Duration otherBase, double otherTimesLength) {
    return new WorkerLimits(
        load, stall, otherBase, otherTimesLength, heapBytes, residentBytes, recordings, audio);
  }

  WorkerLimits withHeapBytes(long other) {
    return new WorkerLimits(
        load, stall, base, timesLength, other, residentBytes, recordings, audio);
  }

  WorkerLimits withResidentBytes(OptionalLong other) {
    return new WorkerLimits(load, stall, base, timesLength, heapBytes, other, recordings, audio);
  }

  WorkerLimits withService(int otherRecordings, Duration otherAudio) {
    return new WorkerLimits(
        load, stall, base, timesLength, heapBytes, residentBytes, otherRecordings, otherAudio);
  }

  /** Most resident memory of a worker that had so much after loading the model. */
  long residentBytes(long loadedBytes) {
    return residentBytes.orElse(loadedBytes + WORKING_BYTES);
  }

  /** Longest time for a recording of that length. */
  Duration total(long audioMs) {
    return base.plusMillis((long) (timesLength * audioMs));
  }

  /** Whether a worker has kept so much memory that another should take its place. */
  boolean isGrown(long loadedBytes, long nowBytes) {
    return nowBytes - loadedBytes > (residentBytes(loadedBytes) - loadedBytes) / 2;
  }
}
