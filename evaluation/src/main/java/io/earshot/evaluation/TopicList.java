package io.earshot.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects topics, each id once. Not thread-safe. */
final class TopicList {
  private final Map<String, Topic> topics = new LinkedHashMap<>();

  /** Makes a topic, which may refuse its parts. */
  interface Maker {
    Topic make();
  }

  /** Adds a topic, or says what is wrong with the line that the reader is on. */
  void add(Maker maker, Lines lines) {
    Topic topic;
    try {
      topic = maker.make();
    } catch (InvalidCollectionException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw lines.refused(String.valueOf(e.getMessage()));
    }
    if (topics.putIfAbsent(topic.id(), topic) != null) {
      throw lines.refused("topic " + topic.id() + " comes a second time");
    }
  }

  List<Topic> topics() {
    return List.copyOf(topics.values());
  }
}
