package io.earshot.transcription;

import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** A Vosk that hears what it is told to; counts what is made and freed. */
final class FakeVosk implements Vosk {
  int outcome;
  boolean refuses;
  final Deque<String> results = new ArrayDeque<>();
  Runnable onAccept = () -> {};
  String partial = "";
  String result = "{\"text\":\"\"}";
  String finalResult = "{\"text\":\"\"}";
  final List<Integer> fed = new ArrayList<>();
  int made;
  int freed;
  int modelsFreed;
  int speakerModels;
  int speakerModelsFreed;

  static String word(String text, double start, double end) {
    return String.format(
        Locale.ROOT,
        "{\"result\":[{\"conf\":0.9,\"start\":%f,\"end\":%f,\"word\":\"%s\"}],\"text\":\"%s\"}",
        start,
        end,
        text,
        text);
  }

  @Override
  public Pointer newModel(String folder) {
    return refuses ? null : Pointer.createConstant(1);
  }

  @Override
  public void freeModel(Pointer model) {
    modelsFreed++;
  }

  @Override
  public Pointer newSpeakerModel(String folder) {
    return refuses ? null : Pointer.createConstant(3);
  }

  @Override
  public void freeSpeakerModel(Pointer model) {
    speakerModelsFreed++;
  }

  @Override
  public void setSpeakerModel(Pointer recognizer, Pointer speakerModel) {
    speakerModels++;
  }

  @Override
  public Pointer newRecognizer(Pointer model, int sampleRateHz) {
    if (refuses) {
      return null;
    }
    made++;
    return Pointer.createConstant(2);
  }

  @Override
  public int accept(Pointer recognizer, short[] samples, int length) {
    onAccept.run();
    fed.add(length);
    return outcome;
  }

  @Override
  public String partialResult(Pointer recognizer) {
    return "{\"partial\":\"" + partial + "\"}";
  }

  @Override
  public String result(Pointer recognizer) {
    return results.isEmpty() ? result : results.remove();
  }

  @Override
  public String finalResult(Pointer recognizer) {
    return finalResult;
  }

  @Override
  public void freeRecognizer(Pointer recognizer) {
    freed++;
  }
}
