package io.earshot.transcription;

import io.earshot.written.WrittenForm;
import io.earshot.written.WrittenForms;
import java.util.List;
import java.util.stream.Collectors;

/** The text of an utterance, made of its words. */
final class UtteranceText {
  /** What a word outside the model's vocabulary comes as. */
  static final String UNKNOWN_WORD = "[unk]";

  private UtteranceText() {}

  /** The words in written form, without those that are not known. */
  static String of(List<TranscribedWord> words, WrittenForms forms) {
    List<String> known =
        words.stream()
            .map(TranscribedWord::text)
            .filter(word -> !word.equals(UNKNOWN_WORD))
            .toList();
    return forms.write(known).stream().map(WrittenForm::text).collect(Collectors.joining(" "));
  }

  /** The transcript with every text written anew from its words. */
  static Transcript rewritten(Transcript transcript, WrittenForms forms) {
    return transcript.toBuilder()
        .utterances(
            transcript.utterances().stream().map(utterance -> rewritten(utterance, forms)).toList())
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
