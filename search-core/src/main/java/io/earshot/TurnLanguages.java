package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.LanguageByWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which languages the texts of an interaction are in.
 *
 * <p>What is given holds: a turn's own language, else the interaction's. Else a turn is in the
 * language that is detected of it; if that cannot be told, in that of its turn group, which is what
 * most of the participant's turns tell, or if none does, all of them together; else in the one that
 * most of the interaction is in; else in the default language. Quoted text is detected by itself,
 * and else as its turn; subject and attachments by themselves, and else as most of the interaction.
 * Nothing counts but the interaction itself, the detector and the default language.
 */
final class TurnLanguages {
  private final Interaction interaction;
  private final LanguageDetector detector;
  private final String defaultLanguage;
  private final List<String> ofTurns = new ArrayList<>();
  private final String main;

  TurnLanguages(Interaction interaction, LanguageDetector detector, String defaultLanguage) {
    this.interaction = interaction;
    this.detector = detector;
    this.defaultLanguage = defaultLanguage;
    List<Optional<String>> told = told();
    List<Integer> turns = IntStream.range(0, told.size()).boxed().toList();
    main =
        interaction.language().or(() -> most(turns, told)).or(this::aside).orElse(defaultLanguage);
    told.forEach(language -> ofTurns.add(language.orElse(main)));
  }

  /** The language of the interaction, or of most of it. */
  String main() {
    return main;
  }

  /** Of the turn of that index. */
  String ofTurn(int turn) {
    return ofTurns.get(turn);
  }

  /** Of the text that the turn of that index quotes. */
  String ofQuoted(int turn, String quoted) {
    boolean given = interaction.turns().get(turn).language().isPresent();
    return given ? ofTurn(turn) : detected(quoted).orElse(ofTurn(turn));
  }

  /** Of the subject, or an attachment. */
  String ofAside(String text) {
    return detected(text).orElse(main);
  }

  /** All languages that turns are in, and the interaction's if it is given; in lower case. */
  Set<String> all() {
    Set<String> all = new LinkedHashSet<>();
    if (interaction.language().isPresent() || ofTurns.isEmpty()) {
      all.add(main.toLowerCase(Locale.ROOT));
    }
    ofTurns.forEach(language -> all.add(language.toLowerCase(Locale.ROOT)));
    return all;
  }

  private List<Optional<String>> told() {
    List<Optional<String>> told = new ArrayList<>();
    Set<String> unsure = new LinkedHashSet<>();
    for (Turn turn : interaction.turns()) {
      Optional<String> given = turn.language().or(interaction::language);
      told.add(given.isPresent() ? given : detected(turn.text()));
      if (told.getLast().isEmpty()) {
        unsure.add(turn.participant());
      }
    }
    if (!unsure.isEmpty()) {
      Map<String, List<Integer>> groups = new LinkedHashMap<>();
      for (int i = 0; i < told.size(); i++) {
        String participant = interaction.turns().get(i).participant();
        if (unsure.contains(participant)) {
          groups.computeIfAbsent(participant, unused -> new ArrayList<>()).add(i);
        }
      }
      groups.values().forEach(group -> tellRest(group, told));
    }
    return told;
  }

  /** Where a turn tells nothing, most of those that do decide, and if none does, all together. */
  private void tellRest(List<Integer> group, List<Optional<String>> told) {
    Optional<String> language =
        most(group, told).or(() -> group.size() > 1 ? detected(text(group)) : Optional.empty());
    for (int turn : group) {
      if (told.get(turn).isEmpty()) {
        told.set(turn, language);
      }
    }
  }

  private String text(List<Integer> group) {
    StringBuilder text = new StringBuilder();
    for (int turn : group) {
      if (text.length() < LanguageByWords.MOST_READ) {
        text.append(interaction.turns().get(turn).text()).append('\n');
      }
    }
    return text.toString();
  }

  /** Detected, unless the interaction's language is given. */
  private Optional<String> detected(String text) {
    if (text.isBlank() || interaction.language().isPresent()) {
      return Optional.empty();
    }
    Optional<String> detected =
        Objects.requireNonNull(detector.detect(text), "the language detector's answer");
    return detected.map(this::orDefault);
  }

  /** The default language, if it is the same one: it may say more, as en-GB does. */
  private String orDefault(String language) {
    String code = Analysis.code(language);
    return !code.isEmpty() && code.equals(Analysis.code(defaultLanguage))
        ? defaultLanguage
        : language;
  }

  /** The language that most characters of those turns are in, the first of several. */
  private Optional<String> most(List<Integer> turns, List<Optional<String>> told) {
    Map<String, Integer> characters = new LinkedHashMap<>();
    for (int turn : turns) {
      int length = interaction.turns().get(turn).text().length();
      told.get(turn).ifPresent(language -> characters.merge(language, length, Integer::sum));
    }
    return characters.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** What is told by the texts beside the turns. */
  private Optional<String> aside() {
    List<String> texts = new ArrayList<>();
    interaction.turns().forEach(turn -> turn.quotedText().ifPresent(texts::add));
    interaction.subject().ifPresent(texts::add);
    interaction.attachments().forEach(attachment -> attachment.text().ifPresent(texts::add));
    return texts.stream().map(this::detected).flatMap(Optional::stream).findFirst();
  }
}
