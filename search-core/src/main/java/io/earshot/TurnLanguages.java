package io.earshot;

import io.earshot.internal.Analysis;
import io.earshot.internal.LanguageByWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which languages the texts of an interaction are in.
 *
 * <p>What is given holds: a turn's own language, else the interaction's. Else a turn is in the
 * language that is detected of it; if that cannot be told, in that of all its participant wrote
 * there (their turn group); else in the one that most of the interaction is in; else in the default
 * language. Quoted text is detected by itself, and else as its turn; subject and attachments by
 * themselves, and else as most of the interaction. Nothing counts but the interaction itself, the
 * detector and the default language.
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
    main = interaction.language().or(() -> most(told)).or(this::aside).orElse(defaultLanguage);
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
    List<Turn> turns = interaction.turns();
    Map<String, StringBuilder> groups = new HashMap<>();
    List<Optional<String>> told = new ArrayList<>();
    Map<String, Integer> sizes = new HashMap<>();
    for (Turn turn : turns) {
      Optional<String> given = turn.language().or(interaction::language);
      told.add(given.isPresent() ? given : detected(turn.text()));
      if (given.isEmpty()) {
        StringBuilder group =
            groups.computeIfAbsent(turn.participant(), unused -> new StringBuilder());
        sizes.merge(turn.participant(), 1, Integer::sum);
        if (group.length() < LanguageByWords.MOST_READ) {
          group.append(turn.text()).append('\n');
        }
      }
    }
    Map<String, Optional<String>> ofGroups = new HashMap<>();
    for (int i = 0; i < turns.size(); i++) {
      String participant = turns.get(i).participant();
      if (told.get(i).isEmpty() && sizes.getOrDefault(participant, 0) > 1) {
        String group = groups.getOrDefault(participant, new StringBuilder()).toString();
        told.set(i, ofGroups.computeIfAbsent(participant, unused -> detected(group)));
      }
    }
    return told;
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

  /** The language that most characters of turns are in, the first of several. */
  private Optional<String> most(List<Optional<String>> told) {
    Map<String, Integer> characters = new LinkedHashMap<>();
    for (int i = 0; i < told.size(); i++) {
      int length = interaction.turns().get(i).text().length();
      told.get(i).ifPresent(language -> characters.merge(language, length, Integer::sum));
    }
    return most(characters);
  }

  private static Optional<String> most(Map<String, Integer> characters) {
    return characters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Collections.max(characters.entrySet(), Map.Entry.comparingByValue()).getKey());
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
