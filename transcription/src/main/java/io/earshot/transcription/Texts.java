package io.earshot.transcription;

import io.earshot.written.WrittenForm;
import io.earshot.written.WrittenForms;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What words look like as text for reading. */
final class Texts {
  /** What Vosk's models call a word outside their vocabulary. */
  static final String UNKNOWN_WORD = "[unk]";

  private Texts() {}

  /** The written form of words, without those that are not known. */
  static String of(List<TranscribedWord> words, WrittenForms forms) {
    List<String> known =
        words.stream()
            .map(TranscribedWord::text)
            .filter(word -> !word.equals(UNKNOWN_WORD))
            .toList();
    return forms.write(known).stream().map(WrittenForm::text).collect(Collectors.joining(" "));
  }

  /** Words with spaces between, without those that are not known. */
  static String known(String words) {
    return words.contains(UNKNOWN_WORD)
        ? Pattern.compile(" ")
            .splitAsStream(words)
            .filter(word -> !word.equals(UNKNOWN_WORD))
            .collect(Collectors.joining(" "))
        : words;
  }

  /** The transcript with every text written anew from its words. */
  static Transcript rewritten(Transcript transcript, WrittenForms forms) {
    return transcript.toBuilder()
        .utterances(transcript.utterances().stream().map(each -> rewritten(each, forms)).toList())
        .build();
  }

  private static Utterance rewritten(Utterance utterance, WrittenForms forms) {
    return new Utterance(
        utterance.channel(),
        utterance.speaker(),
        utterance.role(),
        utterance.startMs(),
        utterance.endMs(),
        of(utterance.words(), forms),
        utterance.words());
  }
}
