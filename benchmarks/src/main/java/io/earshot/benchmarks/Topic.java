package io.earshot.benchmarks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One search of an evaluation collection.
 *
 * @param id names it in a run
 * @param customer whose history is searched
 * @param query what is typed
 */
record Topic(String id, String customer, String query) {
  /** The topics in a JSON Lines file, in its order; fields that a search does not need are left. */
  static List<Topic> read(Path file) throws IOException {
    List<Topic> topics = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, parser.getText());
          parser.skipChildren();
        }
        topics.add(
            new Topic(field(fields, "id"), field(fields, "customer"), field(fields, "query")));
      }
    }
    return topics;
  }

  private static String field(Map<String, String> fields, String name) {
    return requireNonNull(fields.get(name), name);
  }
}
