package io.earshot.transcription;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import io.earshot.transcription.ChannelRecognizer.Recognized;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of one channel's speech was understood.
 *
 * <p>Counted by time, since a long word that was not understood hides more than a short one. Speech
 * in which no word was heard at all counts as such where it lasts: a detector takes breathing and
 * clicks for speech too.
 *
 * @param speechMs how long somebody spoke
 * @param heardMs how much of it was heard with confidence
 * @param notUnderstood where, for two seconds or more, less than half was
 */
record Hearing(long speechMs, long heardMs, List<Stretch> notUnderstood) {
  /** A word with less confidence is not taken for heard. */
  static final double LEAST_CONFIDENCE = 0.5;

  private static final long LEAST_UNHEARD_MS = 700;
  private static final long EDGE_MS = 300; // a detector begins early and ends late
  private static final long LEAST_STRETCH_MS = 2_000;
  private static final long SAME_STRETCH_MS = 2_000;

  /** A piece of speech: an utterance, or one without a word. */
  private record Piece(long startMs, long endMs, long speechMs, long heardMs) {
    boolean isUnderstood() {
      return 2 * heardMs >= speechMs;
    }
  }

  /**
   * Of what was recognised and what was detected.
   *
   * @param utterances in order
   * @param speech where speech was detected, in order; none if that is not known
   */
  static Hearing of(List<Recognized> utterances, List<Stretch> speech) {
    List<Piece> pieces = new ArrayList<>();
    utterances.forEach(each -> pieces.add(heard(each)));
    speech.forEach(each -> addUnheard(each, utterances, pieces));
    pieces.sort(Comparator.comparingLong(Piece::startMs));
    return new Hearing(
        pieces.stream().mapToLong(Piece::speechMs).sum(),
        pieces.stream().mapToLong(Piece::heardMs).sum(),
        stretches(pieces));
  }

  private static Piece heard(Recognized utterance) {
    long speechMs = 0;
    long heardMs = 0;
    for (TranscribedWord word : utterance.words()) {
      long lengthMs = word.endMs() - word.startMs();
      speechMs += lengthMs;
      heardMs += isHeard(word) ? lengthMs : 0;
    }
    return new Piece(utterance.startMs(), utterance.endMs(), speechMs, heardMs);
  }

  private static boolean isHeard(TranscribedWord word) {
    return word.confidence() >= LEAST_CONFIDENCE && !word.text().equals(Texts.UNKNOWN_WORD);
  }

  /** What of a detected stretch lies apart from every word. */
  private static void addUnheard(Stretch speech, List<Recognized> utterances, List<Piece> pieces) {
    long start = speech.startMs();
    for (Recognized utterance : utterances) {
      for (TranscribedWord word : utterance.words()) {
        if (word.endMs() + EDGE_MS > start && word.startMs() - EDGE_MS < speech.endMs()) {
          add(start, Math.min(speech.endMs(), word.startMs() - EDGE_MS), pieces);
          start = Math.max(start, word.endMs() + EDGE_MS);
        }
      }
    }
    add(start, speech.endMs(), pieces);
  }

  private static void add(long startMs, long endMs, List<Piece> pieces) {
    if (endMs - startMs >= LEAST_UNHEARD_MS) {
      pieces.add(new Piece(startMs, endMs, endMs - startMs, 0));
    }
  }

  private static List<Stretch> stretches(List<Piece> pieces) {
    List<Stretch> stretches = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.isUnderstood()) {
        continue;
      }
      Stretch last = stretches.isEmpty() ? null : stretches.getLast();
      if (last != null && piece.startMs() - last.endMs() < SAME_STRETCH_MS) {
        stretches.removeLast();
        stretches.add(
            new Stretch(
                last.startMs(), Math.max(last.endMs(), piece.endMs()), Kind.NOT_UNDERSTOOD));
      } else {
        stretches.add(new Stretch(piece.startMs(), piece.endMs(), Kind.NOT_UNDERSTOOD));
      }
    }
    return stretches.stream()
        .filter(each -> each.endMs() - each.startMs() >= LEAST_STRETCH_MS)
        .toList();
  }
}
