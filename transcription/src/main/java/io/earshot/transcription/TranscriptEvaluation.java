package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far transcripts are from what was really said: word errors, times, and whether confidences
 * keep their word.
 *
 * <p>Speakers are compared one by one where the transcript tells as many apart as there are, in the
 * assignment with the fewest errors: what a channel's role was taken for does not count. Else all
 * words are compared in the order of time. A word that was heard as unknown counts as not heard.
 * Case counts; punctuation is the caller's to remove.
 *
 * <p>Not thread-safe.
 */
public final class TranscriptEvaluation {
  private static final int BINS = 10;
  private static final int MOST_SPEAKERS = 4; // 24 assignments

  private final List<Long> startErrorsMs = new ArrayList<>();
  private final int[] words = new int[BINS];
  private final int[] right = new int[BINS];
  private final double[] confidence = new double[BINS];
  private WordErrorRate wordErrors = WordErrorRate.NONE;

  /** Of no transcript yet. */
  public TranscriptEvaluation() {}

  /**
   * One thing that was really said.
   *
   * @param speaker who said it
   * @param startMs when, in milliseconds from the start of the recording; empty if it is not known
   * @param text what, words separated by spaces
   */
  public record Said(String speaker, OptionalLong startMs, String text) {
    /** Checks the components. */
    public Said {
      requireNonNull(speaker, "speaker");
      requireNonNull(startMs, "startMs");
      requireNonNull(text, "text");
    }

    List<String> words() {
      return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
  }

  /**
   * Compares one transcript.
   *
   * @param reference what was really said, in order
   * @param transcript what was heard
   */
  public void add(List<Said> reference, Transcript transcript) {
    List<List<Said>> said = bySpeaker(reference);
    List<List<TranscribedWord>> heard = byVoice(transcript);
    int apart = Math.max(heard.size(), channels(transcript));
    if (said.size() > MOST_SPEAKERS || heard.size() > said.size() || apart < said.size()) {
      add(List.of(reference), List.of(inOrder(heard)), List.of(0));
      return;
    }
    while (heard.size() < said.size()) {
      heard.add(List.of()); // somebody was not heard at all
    }
    List<Integer> best = List.of();
    int fewest = Integer.MAX_VALUE;
    for (List<Integer> assignment : permutations(said.size())) {
      int errors = 0;
      for (int i = 0; i < said.size(); i++) {
        errors += errors(words(said.get(i)), heard.get(assignment.get(i))).errors();
      }
      if (errors < fewest) {
        fewest = errors;
        best = assignment;
      }
    }
    add(said, heard, best);
  }

  /** Errors against the words that were said. */
  public WordErrorRate wordErrors() {
    return wordErrors;
  }

  /**
   * How far the starts of what was said are from where they were heard, in milliseconds, sorted: of
   * the first words that were heard right, and whose time the reference gives.
   */
  public List<Long> startErrorsMs() {
    return startErrorsMs.stream().sorted().toList();
  }

  /**
   * Expected calibration error: how far a word's confidence is from the chance that it is right, on
   * average, 0 to 1 (Naeini, Cooper and Hauskrecht, 2015, with ten bins). Empty without a word.
   */
  public OptionalDouble calibrationError() {
    double distance = 0;
    int all = 0;
    for (int i = 0; i < BINS; i++) {
      distance += Math.abs(confidence[i] - right[i]);
      all += words[i];
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(distance / all);
  }

  /** In words, on one line a measure. */
  public String report() {
    StringBuilder report = new StringBuilder();
    report.append(
        String.format(
            Locale.ROOT,
            "word error rate %.1f %% (%d substitutions, %d deletions, %d insertions; %d words)",
            100 * wordErrors.rate(),
            wordErrors.substitutions(),
            wordErrors.deletions(),
            wordErrors.insertions(),
            wordErrors.referenceWords()));
    List<Long> errors = startErrorsMs();
    if (!errors.isEmpty()) {
      report.append(
          String.format(
              Locale.ROOT,
              "%nstarts of utterances off by %d ms (median), %d ms (90 %%), %d ms (most), of %d",
              errors.get(errors.size() / 2),
              errors.get(errors.size() * 9 / 10),
              errors.getLast(),
              errors.size()));
    }
    calibrationError()
        .ifPresent(
            error ->
                report.append(
                    String.format(Locale.ROOT, "%nconfidences off by %.3f (expected)", error)));
    return report.toString();
  }

  private void add(
      List<List<Said>> said, List<List<TranscribedWord>> heard, List<Integer> assignment) {
    for (int i = 0; i < said.size(); i++) {
      compare(said.get(i), heard.get(assignment.get(i)));
    }
  }

  private void compare(List<Said> said, List<TranscribedWord> heard) {
    wordErrors = wordErrors.plus(errors(words(said), heard));
    List<String> expected = new ArrayList<>();
    Map<Integer, Long> starts = new TreeMap<>(); // of the words with which something begins
    for (Said each : said) {
      if (each.startMs().isPresent() && !each.words().isEmpty()) {
        starts.put(expected.size(), each.startMs().getAsLong());
      }
      expected.addAll(each.words());
    }
    for (WordAlignment.Pair pair : WordAlignment.align(expected, texts(heard))) {
      if (pair.hypothesis() < 0) {
        continue;
      }
      TranscribedWord word = heard.get(pair.hypothesis());
      boolean isRight = pair.reference() >= 0 && expected.get(pair.reference()).equals(word.text());
      int bin = Math.min(BINS - 1, (int) (word.confidence() * BINS));
      words[bin]++;
      right[bin] += isRight ? 1 : 0;
      confidence[bin] += word.confidence();
      Long startMs = isRight ? starts.get(pair.reference()) : null;
      if (startMs != null) {
        startErrorsMs.add(Math.abs(word.startMs() - startMs));
      }
    }
  }

  /** Those that have something of their own, be it nothing that was heard. */
  private static int channels(Transcript transcript) {
    long copies =
        transcript.audioChannels().stream()
            .filter(channel -> channel.state() == AudioChannel.State.COPY)
            .count();
    return transcript.channels() - (int) copies;
  }

  private static WordErrorRate errors(List<String> said, List<TranscribedWord> heard) {
    return WordErrorRate.of(said, texts(heard));
  }

  private static List<String> texts(List<TranscribedWord> words) {
    return words.stream().map(TranscribedWord::text).toList();
  }

  private static List<String> words(List<Said> said) {
    return said.stream().flatMap(each -> each.words().stream()).toList();
  }

  private static List<List<Said>> bySpeaker(List<Said> reference) {
    Map<String, List<Said>> said = new LinkedHashMap<>();
    for (Said each : reference) {
      said.computeIfAbsent(each.speaker(), speaker -> new ArrayList<>()).add(each);
    }
    return new ArrayList<>(said.values());
  }

  private static List<List<TranscribedWord>> byVoice(Transcript transcript) {
    Map<Long, List<TranscribedWord>> heard = new LinkedHashMap<>();
    for (Utterance utterance : transcript.utterances()) {
      long voice = (long) utterance.channel() << Integer.SIZE | utterance.speaker();
      List<TranscribedWord> ofVoice = heard.computeIfAbsent(voice, v -> new ArrayList<>());
      utterance.words().stream()
          .filter(word -> !word.text().equals(Texts.UNKNOWN_WORD))
          .forEach(ofVoice::add);
    }
    return new ArrayList<>(heard.values());
  }

  private static List<TranscribedWord> inOrder(List<List<TranscribedWord>> heard) {
    return heard.stream()
        .flatMap(Collection::stream)
        .sorted(Comparator.comparingLong(TranscribedWord::startMs))
        .toList();
  }

  private static List<List<Integer>> permutations(int size) {
    List<List<Integer>> all = List.of(List.of());
    for (int i = 0; i < size; i++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> each : all) {
        for (int at = 0; at <= each.size(); at++) {
          List<Integer> with = new ArrayList<>(each);
          with.add(at, i);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }
}
