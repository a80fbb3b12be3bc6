/**
 * Call audio to text: decoding, recognition, and the {@link io.earshot.transcription.Transcript}.
 *
 * <p>{@link io.earshot.transcription.VoskTranscriber} transcribes in the caller's thread, {@link
 * io.earshot.transcription.TranscriptionService} many recordings in worker processes, {@link
 * io.earshot.transcription.LiveTranscription} a call while it goes on; {@link
 * io.earshot.transcription.ModelStore} finds and brings models.
 *
 * <p>Inside, on a recording's way:
 *
 * <ol>
 *   <li>Decoding, to samples of each channel: {@code AudioDecoder} over {@code FfmpegInput}, which
 *       is told by {@code FfmpegFormats} and the headers {@code Wav*}, {@code Mp4Index}, {@code
 *       Mp3Frame}, {@code OggEnd} what FFmpeg does not tell; {@code Resampler}; {@code DamageLog}
 *       and {@code LostTime} for what cannot be read. What follows is a {@code PcmSink}.
 *   <li>What is worth hearing: {@code CrosstalkGate} (a live call: {@code Legs}, {@code
 *       PromptGate}), then for each channel {@code SpeechGate} with {@code SpeechDetector} (over
 *       {@code Fvad}) and {@code SteadySound}.
 *   <li>Recognition: {@code ChannelRecognizer}, one for each channel of a {@code CallRecognizer},
 *       with a {@code NativeRecognizer} that its {@code LoadedModel} lends; {@code TimeMap} keeps
 *       the time. {@code Vosk} is the native interface.
 *   <li>Words: {@code VoskResult}, its readings ({@code Hypothesis}) laid over each other in a
 *       {@code ConfusionNetwork}, {@code Vocabulary}, {@code Calibration}.
 *   <li>The transcript: {@code TranscriptAssembler}, with {@code Hearing}, {@code Voices}, {@code
 *       AgentGuess} and {@code Texts}.
 * </ol>
 *
 * <p>Worker processes are {@code Worker*}: {@code WorkerPool} counts them, a {@code WorkerProcess}
 * talks in {@code WorkerFrame}s to the {@code TranscriptionWorker} in each. A model's folder is
 * looked through by {@code ModelFolder}, and memory for it by {@code MemoryCheck}; {@code
 * ModelDownload} brings one with {@code ModelCatalogue}, {@code WebFiles}, {@code PartFile} and
 * {@code ModelArchive}.
 */
@NullMarked
package io.earshot.transcription;

import org.jspecify.annotations.NullMarked;
