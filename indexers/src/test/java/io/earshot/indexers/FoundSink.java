package io.earshot.indexers;

import io.earshot.Interaction;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader finds. */
final class FoundSink implements InteractionReader.Sink {
  final List<Interaction> interactions = new ArrayList<>();
  final List<String> rejected = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();

  @Override
  public void interaction(Interaction interaction) {
    interactions.add(interaction);
  }

  @Override
  public void rejected(String position, String reason) {
    rejected.add(position + ": " + reason);
  }

  @Override
  public void warning(String position, String message) {
    warnings.add(position + ": " + message);
  }

  Interaction only() {
    if (interactions.size() != 1) {
      throw new AssertionError(interactions.size() + " interactions, rejected: " + rejected);
    }
    return interactions.getFirst();
  }
}
