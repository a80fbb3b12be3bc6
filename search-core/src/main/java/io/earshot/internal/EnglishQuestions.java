package io.earshot.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells by their words alone where English questions begin: "can you", "is there", "what is your".
 *
 * <p>What a recogniser heard has no question marks; {@link Questions} says what to make of it.
 */
final class EnglishQuestions {
  private static final int MOST_FILLERS = 6;
  private static final int WORDS_UP_TO_AUXILIARY = 4;

  private static final Set<String> FILLERS =
      Set.of(
          ("so and but ok okay well um uh umm uhm er erm hm hmm mm mhm hi hello hey yes yep no nope please"
                  + " sorry now then right yeah oh ah actually also alright anyway basically"
                  + " perfect great sure thanks good morning afternoon evening all fine just again"
                  + " or firstly secondly lastly finally maybe")
              .split(" "));

  private static final Set<String> GREETINGS = Set.of("hi", "hello", "hey");

  private static final Set<String> AUXILIARIES = auxiliaries();

  private static final Set<String> PRONOUNS =
      Set.of("i", "you", "he", "she", "it", "we", "they", "y'all");

  private static final Set<String> DETERMINERS =
      Set.of(
          ("the a an this that these those my your his her its our their any some all each every"
                  + " either another")
              .split(" "));

  private static final Set<String> SOMEBODY =
      Set.of(
          ("there anyone anybody anything someone somebody something everyone everybody"
                  + " everything people nobody")
              .split(" "));

  /**
   * Behind "do" and "have", other subjects are more often what an order is about: "do the same".
   */
  private static final Set<String> SUBJECTS_OF_DO_AND_HAVE =
      Set.of("i", "you", "we", "they", "people", "your", "our", "their", "any", "these", "those");

  private static final Set<String> WHO =
      Set.of("who", "whose", "whom", "who's", "who're", "who'll");

  private static final Set<String> ASKING = Set.of("how", "what", "which", "when", "where", "why");

  private static final Set<String> CONTRACTED =
      Set.of(
          ("what's where's when's why's how's what're where're how're what'll where'll how'll"
                  + " what'd where'd how'd why'd whats wheres hows")
              .split(" "));

  /** "In which city ..." opens as "which city ..." does. */
  private static final Set<String> PREPOSITIONS =
      Set.of("about at by during for from in of on till to until with".split(" "));

  /** "I see what is the matter" does not ask. */
  private static final Set<String> KNOWING = Set.of("know", "see", "understand");

  /** "The seventh is that right": behind "is that", else more often what is said. */
  private static final Set<String> AGREED =
      Set.of("right", "correct", "okay", "ok", "alright", "fine", "possible");

  /** With which subjects an auxiliary asks wherever it stands. */
  private static final Map<String, Set<String>> INVERTED = inverted();

  private static final Set<String> FIRST_OF_CONDITION =
      Set.of("have", "need", "require", "wish", "want", "find", "decide", "ever", "not", "be");

  private EnglishQuestions() {}

  private static Set<String> auxiliaries() {
    String plain =
        "is are am was were do does did can could will would shall should may might must have has had";
    String not =
        "isn't aren't ain't wasn't weren't don't doesn't didn't can't cannot couldn't won't wouldn't"
            + " shan't shouldn't mayn't mightn't mustn't haven't hasn't hadn't";
    return Set.of((plain + " " + not).split(" "));
  }

  private static Map<String, Set<String>> inverted() {
    Map<String, Set<String>> subjects = new HashMap<>();
    String any = String.join(" ", PRONOUNS);
    String[][] pairs = {
      {"can could will would did can't couldn't won't wouldn't didn't", any},
      {"do don't", "i you we they"},
      {"are were have aren't weren't haven't", "you we they there"},
      {"is was isn't wasn't", "it he she there"},
      {"does has doesn't hasn't", "it he she that this"},
      {"shall should", "i we"},
      {"am may", "i"},
    };
    for (String[] pair : pairs) {
      for (String auxiliary : List.of(pair[0].split(" "))) {
        subjects.put(auxiliary, Set.of(pair[1].split(" ")));
      }
    }
    return subjects;
  }

  /** The first of these words with which an English question begins; one past the last if none. */
  static int first(Tokens tokens, int from, int to) {
    if (opensLikeQuestion(tokens, from, to)) {
      return from;
    }
    for (int i = from + 1; i < to - 1; i++) {
      if (beginsQuestion(tokens, from, i, to)) {
        return i;
      }
    }
    return to;
  }

  /** Whether a question begins with that word for certain, whatever stands before it. */
  private static boolean beginsQuestion(Tokens tokens, int from, int at, int to) {
    String word = tokens.exact(at);
    String next = tokens.exact(at + 1);
    if (AUXILIARIES.contains(word)) {
      String afterNext = at + 2 < to ? tokens.exact(at + 2) : "";
      return isInverted(word, next, afterNext) && !hasSubject(tokens, from, at);
    }
    if (CONTRACTED.contains(word) || word.equals("who's")) {
      return DETERMINERS.contains(next);
    }
    if (PREPOSITIONS.contains(word)) {
      boolean embedded =
          next.equals("what")
              && at + 2 < to
              && AUXILIARIES.contains(tokens.exact(at + 2)); // "a look at what is there"
      return ASKING.contains(next) && !embedded && asksBehind(tokens, at + 1, to);
    }
    if (!ASKING.contains(word) && !word.equals("who")) {
      return false;
    }
    String before = tokens.exact(at - 1);
    boolean embedded = PREPOSITIONS.contains(before) || KNOWING.contains(before);
    return !(embedded && AUXILIARIES.contains(next)) && asksBehind(tokens, at, to);
  }

  /** Whether behind "what" and the like comes an auxiliary with its subject. */
  private static boolean asksBehind(Tokens tokens, int at, int to) {
    if (at + 1 >= to) {
      return false;
    }
    String word = tokens.exact(at);
    String next = tokens.exact(at + 1);
    if (next.equals("about")) {
      return word.equals("what") || word.equals("how");
    }
    int least = word.equals("which") ? at + 2 : at + 1; // not "my card which is the old one"
    int most =
        switch (word) {
          case "what", "how" -> at + WORDS_UP_TO_AUXILIARY;
          case "which" -> at + 2;
          default -> at + 1;
        };
    for (int i = at + 1; i <= most && i < to - 1; i++) {
      String verb = tokens.exact(i);
      if (AUXILIARIES.contains(verb)) {
        return i >= least && isAnySubject(tokens.exact(i + 1));
      }
      if (isPronoun(verb) || DETERMINERS.contains(verb)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isAnySubject(String word) {
    return PRONOUNS.contains(word) || DETERMINERS.contains(word) || SOMEBODY.contains(word);
  }

  /** Whether these seldom stand so but in a question, unlike "is the" and "should you". */
  private static boolean isInverted(String auxiliary, String subject, String next) {
    if (auxiliary.equals("is") && (subject.equals("that") || subject.equals("this"))) {
      return AGREED.contains(next);
    }
    boolean ends = next.isEmpty() && subject.equals("it"); // "that was it"
    return INVERTED.getOrDefault(auxiliary, Set.of()).contains(subject) && !ends;
  }

  /** Whether the auxiliary belongs to what stands before it: "i can you know", "nor do i". */
  private static boolean hasSubject(Tokens tokens, int from, int auxiliary) {
    String before = tokens.exact(auxiliary - 1);
    if (!PRONOUNS.contains(before)) {
      return AUXILIARIES.contains(before)
          || before.equals("to")
          || before.equals("in") // "in may i called"
          || before.equals("nor")
          || before.equals("neither");
    }
    String beforeThat = auxiliary - 2 < from ? "" : tokens.exact(auxiliary - 2);
    return !beforeThat.equals("thank") && !PREPOSITIONS.contains(beforeThat);
  }

  /** Whether these words open as an English question does. */
  static boolean opensLikeQuestion(Tokens tokens, int from, int to) {
    int at = opening(tokens, from, to);
    if (to - at < 2) {
      return false;
    }
    String word = tokens.exact(at);
    String next = tokens.exact(at + 1);
    String afterNext = at + 2 < to ? tokens.exact(at + 2) : "";
    if (AUXILIARIES.contains(word)) {
      return isSubject(word, next) && !isCondition(word, next, afterNext);
    }
    if (WHO.contains(word)) {
      return !PRONOUNS.contains(next);
    }
    return switch (word) {
      case "how" -> next.equals("about") || next.equals("come") || asksOf(tokens, at, to, true);
      case "what" ->
          next.equals("about")
              || next.equals("happened")
              || next.equals("happens")
              || next.equals("else")
              || asksOf(tokens, at, to, true);
      // "which is fine": said of what came before
      case "which" -> !AUXILIARIES.contains(next) && asksOf(tokens, at, to, true);
      // "when the parcel came it was broken": only "when did"
      case "when", "where", "why" -> next.equals("not") || asksOf(tokens, at, to, false);
      default -> CONTRACTED.contains(word) && !hasAuxiliary(tokens, at + 1, to);
    };
  }

  /** The first word behind "so", "well", "you know", a greeting with a name, and false starts. */
  private static int opening(Tokens tokens, int from, int to) {
    int at = from;
    for (int fillers = 0; at < to - 1 && fillers < MOST_FILLERS; fillers++) {
      String word = tokens.exact(at);
      String next = tokens.exact(at + 1);
      boolean aside =
          (word.equals("you") && next.equals("know")) || (word.equals("i") && next.equals("mean"));
      if (aside || (GREETINGS.contains(word) && isName(next))) {
        at += 2;
      } else if (FILLERS.contains(word)
          || word.equals(next)
          || (PREPOSITIONS.contains(word) && ASKING.contains(next))) {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  /** A word behind a greeting that can only be whom it greets. */
  private static boolean isName(String word) {
    return !FILLERS.contains(word)
        && !AUXILIARIES.contains(word)
        && !PRONOUNS.contains(word)
        && !DETERMINERS.contains(word)
        && !SOMEBODY.contains(word)
        && !WHO.contains(word)
        && !CONTRACTED.contains(word)
        && !ASKING.contains(word)
        && word.indexOf('\'') < 0;
  }

  private static boolean isSubject(String auxiliary, String next) {
    if ((auxiliary.startsWith("do") && !auxiliary.startsWith("does"))
        || auxiliary.startsWith("have")) {
      return SUBJECTS_OF_DO_AND_HAVE.contains(next) || SOMEBODY.contains(next);
    }
    return isAnySubject(next);
  }

  /** "Should anyone have questions, ..." and "had I known ..." do not ask. */
  private static boolean isCondition(String auxiliary, String subject, String verb) {
    return (auxiliary.equals("should") && FIRST_OF_CONDITION.contains(verb))
        || (auxiliary.equals("had") && subject.equals("i"));
  }

  /** Whether it is a pronoun, perhaps with a verb: "I'd". */
  private static boolean isPronoun(String word) {
    int apostrophe = word.indexOf('\'');
    return PRONOUNS.contains(apostrophe > 0 ? word.substring(0, apostrophe) : word);
  }

  private static boolean asksOf(Tokens tokens, int at, int to, boolean ofSomething) {
    String next = tokens.exact(at + 1);
    if (AUXILIARIES.contains(next)) {
      return true;
    }
    if (isPronoun(next) || DETERMINERS.contains(next)) {
      return false;
    }
    if (!ofSomething) {
      return (next.equals("exactly") || next.equals("else"))
          && at + 2 < to
          && AUXILIARIES.contains(tokens.exact(at + 2));
    }
    int end = Math.min(to, at + 1 + WORDS_UP_TO_AUXILIARY);
    for (int i = at + 1; i < end; i++) {
      String word = tokens.exact(i);
      if (AUXILIARIES.contains(word)) {
        return true;
      }
      if (isPronoun(word)) { // "how much I paid is"
        return false;
      }
    }
    return false;
  }

  private static boolean hasAuxiliary(Tokens tokens, int from, int to) {
    int end = Math.min(to, from + WORDS_UP_TO_AUXILIARY);
    for (int i = from; i < end; i++) {
      if (AUXILIARIES.contains(tokens.exact(i))) {
        return true;
      }
    }
    return false;
  }
}
