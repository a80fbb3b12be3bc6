package io.earshot.benchmarks.solr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.Utils;

/**
 * Searches a collection with Apache Solr's edismax, in this process, and writes TREC runs.
 *
 * <p>{@code solr-edismax} has edismax's defaults (q.op=OR, so mm=0%; tie=0; no pf) and says only
 * which fields to search, all alike. {@code solr-edismax-tuned} sets what Solr's reference guide
 * goes through: a weight on the subject, a boost for phrases, a minimum of words that must match,
 * and the tie that the guide calls useful. Its values are guesses, made before any result was seen;
 * the minimum costs it recall. Quoted text and signatures share a field, as they do in Earshot.
 * Equal scores: newest first, then id.
 */
final class SolrRuns {
  private static final int HITS = 100;

  private static final Map<String, Map<String, String>> SETTINGS = new LinkedHashMap<>();

  static {
    SETTINGS.put("solr-edismax", Map.of("qf", "text subject quoted attachment"));
    SETTINGS.put(
        "solr-edismax-tuned",
        Map.of(
            "qf", "text subject^2 quoted attachment",
            "pf", "text subject",
            "mm", "2<75%",
            "tie", "0.1"));
  }

  private SolrRuns() {}

  /**
   * Writes the runs.
   *
   * @param args the collection's folder, the folder for the runs, and the folder of the core
   */
  public static void main(String[] args) throws IOException, SolrServerException {
    if (args.length != 3) {
      System.err.println("usage: SolrRuns COLLECTION RUNS HOME");
      System.exit(2);
    }
    Path collection = Path.of(args[0]);
    Path runs = Files.createDirectories(Path.of(args[1]));
    try (EmbeddedSolrServer solr =
        new EmbeddedSolrServer(Path.of(args[2]).toAbsolutePath().normalize(), "core")) {
      int interactions = index(solr, collection.resolve("interactions.jsonl"));
      for (Map.Entry<String, Map<String, String>> setting : SETTINGS.entrySet()) {
        List<String> run = new ArrayList<>();
        List<Map<?, ?>> topics = objects(collection.resolve("topics.jsonl"));
        for (Map<?, ?> topic : topics) {
          run.addAll(search(solr, topic, setting.getKey(), setting.getValue()));
        }
        Path file = runs.resolve(setting.getKey() + ".run");
        Files.writeString(file, String.join("", run));
        System.err.printf(
            "%s: %d topics, %d interactions, %d lines, Solr %s, edismax %s%n",
            file,
            topics.size(),
            interactions,
            run.size(),
            EmbeddedSolrServer.class.getPackage().getSpecificationVersion(),
            new TreeMap<>(setting.getValue()));
      }
    }
  }

  private static int index(EmbeddedSolrServer solr, Path file)
      throws IOException, SolrServerException {
    List<Map<?, ?>> interactions = objects(file);
    for (Map<?, ?> interaction : interactions) {
      solr.add(document(interaction));
    }
    solr.commit();
    return interactions.size();
  }

  private static SolrInputDocument document(Map<?, ?> interaction) {
    SolrInputDocument document = new SolrInputDocument();
    document.addField("id", interaction.get("id"));
    document.addField("customer", interaction.get("customer"));
    OffsetDateTime started = OffsetDateTime.parse((String) interaction.get("startedAt"));
    document.addField("started", started.toInstant().toEpochMilli());
    document.addField("subject", interaction.get("subject"));
    for (Map<?, ?> turn : list(interaction, "turns")) {
      document.addField("text", turn.get("text"));
      document.addField("quoted", turn.get("quotedText"));
      document.addField("quoted", turn.get("signature"));
    }
    for (Map<?, ?> attachment : list(interaction, "attachments")) {
      document.addField("attachment", attachment.get("name"));
      document.addField("attachment", attachment.get("text"));
    }
    return document;
  }

  private static List<String> search(
      EmbeddedSolrServer solr, Map<?, ?> topic, String tag, Map<String, String> settings)
      throws IOException, SolrServerException {
    SolrQuery query = new SolrQuery((String) topic.get("query"));
    query.set("defType", "edismax");
    settings.forEach(query::set);
    query.setFilterQueries("{!term f=customer}" + topic.get("customer"));
    query.setFields("id", "score");
    query.setSort("score", SolrQuery.ORDER.desc);
    query.addSort("started", SolrQuery.ORDER.desc);
    query.addSort("id", SolrQuery.ORDER.asc);
    query.setRows(HITS);
    SolrDocumentList hits = solr.query(query).getResults();
    List<String> lines = new ArrayList<>();
    for (SolrDocument hit : hits) {
      int rank = lines.size() + 1;
      lines.add(
          "%s Q0 %s %d %s %s\n"
              .formatted(topic.get("id"), hit.get("id"), rank, hit.get("score"), tag));
    }
    return lines;
  }

  private static List<Map<?, ?>> objects(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      List<Map<?, ?>> objects = new ArrayList<>();
      lines.forEach(line -> objects.add((Map<?, ?>) Utils.fromJSONString(line)));
      return objects;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<?, ?>> list(Map<?, ?> object, String name) {
    Object list = object.get(name);
    return list == null ? List.of() : (List<Map<?, ?>>) list;
  }
}
