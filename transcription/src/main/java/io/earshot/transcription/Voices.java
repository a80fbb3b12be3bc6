package io.earshot.transcription;

import io.earshot.transcription.VoskResult.Voice;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the voices on one channel apart by the vectors of a speaker model.
 *
 * <p>Utterances are joined by average linkage, the most similar first, until no two groups are
 * alike enough. One that is too short for a vector is counted to the voice before it.
 */
final class Voices {
  /**
   * Cosine from which on two are taken for one voice. Vosk's speaker model comes with no documented
   * limit; its own example calls two recordings of one person alike from about 0.5 to 0.7 on, and
   * strangers below.
   */
  private static final double SAME = 0.5;

  /** Comparing all pairs takes the cube of this at most: further voices join what is there. */
  private static final int MOST_COMPARED = 400;

  private Voices() {}

  /** The speaker of each, from 0 in the order in which they first speak. */
  static List<Integer> speakers(List<Voice> voices) {
    List<List<Voice>> groups = new ArrayList<>();
    voices.stream()
        .filter(Voice::isKnown)
        .limit(MOST_COMPARED)
        .forEach(voice -> groups.add(new ArrayList<>(List.of(voice))));
    while (joinMostSimilar(groups)) {
      // until none are alike
    }
    List<List<Voice>> inOrder = new ArrayList<>();
    List<Integer> speakers = new ArrayList<>();
    int last = 0;
    for (Voice voice : voices) {
      if (voice.isKnown()) {
        List<Voice> group = mostSimilar(voice, groups);
        if (!inOrder.contains(group)) {
          inOrder.add(group);
        }
        last = inOrder.indexOf(group);
      }
      speakers.add(last);
    }
    return speakers;
  }

  private static boolean joinMostSimilar(List<List<Voice>> groups) {
    double most = SAME;
    int keep = -1;
    int join = -1;
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        double similarity = similarity(groups.get(i), groups.get(j));
        if (similarity > most) {
          most = similarity;
          keep = i;
          join = j;
        }
      }
    }
    if (join < 0) {
      return false;
    }
    groups.get(keep).addAll(groups.remove(join));
    return true;
  }

  private static List<Voice> mostSimilar(Voice voice, List<List<Voice>> groups) {
    List<Voice> best = groups.getFirst();
    double most = -2;
    for (List<Voice> group : groups) {
      double similarity = group.contains(voice) ? 2 : similarity(List.of(voice), group);
      if (similarity > most) {
        most = similarity;
        best = group;
      }
    }
    return best;
  }

  private static double similarity(List<Voice> some, List<Voice> others) {
    double sum = 0;
    for (Voice one : some) {
      for (Voice other : others) {
        sum += one.similarity(other);
      }
    }
    return sum / (some.size() * others.size());
  }
}
