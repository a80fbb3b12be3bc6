package io.earshot.transcription;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Vosk model's folder, checked before native code sees it: that code may end the process over a
 * file that is missing or damaged.
 *
 * @param path the folder
 * @param sampleRateHz the rate of the audio the model was trained on
 * @param frameSeconds how long one step of decoding is; Vosk takes it for 0.03 s when it gives the
 *     times of words, whatever it is
 * @param dynamicGraph whether the graph is put together at run time, so that a recogniser may be
 *     given a grammar
 * @param rnnlm whether Vosk loads a neural language model, too, which takes most of the memory
 * @param fileBytes the size of all files that Vosk loads
 */
record ModelFolder(
    Path path,
    int sampleRateHz,
    double frameSeconds,
    boolean dynamicGraph,
    boolean rnnlm,
    long fileBytes) {
  private static final int DEFAULT_SAMPLE_RATE_HZ = 16_000; // Kaldi's, as the next two are
  private static final double DEFAULT_FRAME_SHIFT_MS = 10;
  private static final int DEFAULT_SUBSAMPLING = 1;

  private static final Map<String, ModelFileKind> IVECTOR =
      inOrder(
          Map.entry("ivector/final.ie", ModelFileKind.KALDI),
          Map.entry("ivector/splice.conf", ModelFileKind.OPTIONS),
          Map.entry("ivector/online_cmvn.conf", ModelFileKind.OPTIONS),
          Map.entry("ivector/final.mat", ModelFileKind.MATRIX),
          Map.entry("ivector/global_cmvn.stats", ModelFileKind.MATRIX),
          Map.entry("ivector/final.dubm", ModelFileKind.KALDI));
  private static final Map<String, ModelFileKind> RESCORE =
      inOrder(
          Map.entry("rescore/G.fst", ModelFileKind.FST),
          Map.entry("rescore/G.carpa", ModelFileKind.KALDI));
  private static final Map<String, ModelFileKind> RNNLM =
      inOrder(
          Map.entry("rnnlm/final.raw", ModelFileKind.KALDI),
          Map.entry("rnnlm/feat_embedding.final.mat", ModelFileKind.MATRIX),
          Map.entry("rnnlm/word_feats.txt", ModelFileKind.WORD_FEATURES),
          Map.entry("rnnlm/special_symbol_opts.conf", ModelFileKind.OPTIONS));

  /** Where the files lie, as beginnings of their names; Vosk sets some options of the older one. */
  private enum Layout {
    FOLDERS("am/", "conf/", "graph/", "graph/phones/"),
    FLAT("", "", "", "");

    private final String acoustic;
    private final String options;
    private final String graph;
    private final String phones;

    Layout(String acoustic, String options, String graph, String phones) {
      this.acoustic = acoustic;
      this.options = options;
      this.graph = graph;
      this.phones = phones;
    }

    static Layout of(ModelFiles files) {
      boolean flat = !files.has("am") && !files.has("conf") && files.has("final.mdl");
      return flat ? FLAT : FOLDERS;
    }

    /** The options by which sound becomes features: of one kind, or of the other. */
    String features(ModelFiles files) {
      String mfcc = options + "mfcc.conf";
      String fbank = options + "fbank.conf";
      return this == FLAT || files.has(mfcc) || !files.has(fbank) ? mfcc : fbank;
    }

    /** In the older layout there are no options of the model: Vosk has its own. */
    Optional<String> model() {
      return this == FLAT ? Optional.empty() : Optional.of(options + "model.conf");
    }
  }

  /** The model's name: its folder's. */
  String name() {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /**
   * Checks a folder.
   *
   * @throws SpeechModelException if it is no Vosk model; names every file that is missing or
   *     visibly damaged
   */
  static ModelFolder check(Path path) throws IOException {
    ModelFiles files =
        ModelFiles.in(path, "Vosk model", "give the folder that holds am/, conf/ and graph/");
    Layout layout = Layout.of(files);
    files.require(layout.acoustic + "final.mdl", ModelFileKind.KALDI);
    files.require(layout.features(files), ModelFileKind.OPTIONS);
    if (layout.model().isPresent()) {
      files.require(layout.model().get(), ModelFileKind.OPTIONS);
    }
    boolean dynamicGraph = requireGraph(files, layout.graph);
    files.ifPresent(layout.phones + "word_boundary.int", ModelFileKind.WORD_POSITIONS);
    files.ifPresent(layout.acoustic + "global_cmvn.stats", ModelFileKind.MATRIX);
    files.ifPresent(layout.options + "pitch.conf", ModelFileKind.OPTIONS);
    files.together("ivector", IVECTOR);
    files.together("rescore", RESCORE);
    boolean rnnlm = files.together("rnnlm", RNNLM);
    files.throwIfNotWhole();

    KaldiOptions features = KaldiOptions.read(files.path(layout.features(files)));
    return new ModelFolder(
        path,
        sampleRateHz(features),
        frameShiftMs(features) * subsampling(files, layout) / 1_000,
        dynamicGraph,
        rnnlm,
        files.bytes());
  }

  /** A graph is one file, or three that are composed at run time. */
  private static boolean requireGraph(ModelFiles files, String graph) throws IOException {
    String whole = graph + "HCLG.fst";
    String lexicon = graph + "HCLr.fst";
    String grammar = graph + "Gr.fst";
    String disambiguation = graph + "disambig_tid.int";
    boolean dynamic =
        !files.has(whole)
            && (files.has(lexicon) || files.has(grammar) || files.has(disambiguation));
    if (dynamic) {
      files.require(lexicon, ModelFileKind.FST);
      files.require(grammar, ModelFileKind.FST);
      files.require(disambiguation, ModelFileKind.NUMBERS);
    } else {
      files.require(whole, ModelFileKind.FST);
    }
    String withWords = dynamic ? grammar : whole;
    if (files.has(withWords) && !holdsWords(files.path(withWords))) {
      files.require(graph + "words.txt", ModelFileKind.WORDS);
    }
    return dynamic;
  }

  private static boolean holdsWords(Path graph) throws IOException {
    return FstHeader.read(graph).map(FstHeader::holdsOutputWords).orElse(true);
  }

  static int sampleRateHz(KaldiOptions features) throws SpeechModelException {
    return (int)
        features.number(
            "sample-frequency",
            DEFAULT_SAMPLE_RATE_HZ,
            "sample rate",
            "a whole number of Hz from 1000 to 384000",
            rate -> rate >= 1_000 && rate <= 384_000 && rate == Math.rint(rate));
  }

  private static double frameShiftMs(KaldiOptions features) throws SpeechModelException {
    return features.number(
        "frame-shift",
        DEFAULT_FRAME_SHIFT_MS,
        "frame shift",
        "a number of milliseconds from 1 to 100",
        shift -> shift >= 1 && shift <= 100);
  }

  private static double subsampling(ModelFiles files, Layout layout) throws IOException {
    Optional<String> name = layout.model();
    if (name.isEmpty()) {
      return 3; // as Vosk sets it
    }
    KaldiOptions model = KaldiOptions.read(files.path(name.get()));
    if (model.value("endpoint.silence-phones").filter(ModelFolder::arePhones).isEmpty()) {
      throw new SpeechModelException(
          "EARSHOT-201: "
              + files.path(name.get())
              + " gives no silence phones (--endpoint.silence-phones=1:2:3), without which Vosk"
              + " would end the process. Get the model again.");
    }
    return model.number(
        "frame-subsampling-factor",
        DEFAULT_SUBSAMPLING,
        "frame subsampling factor",
        "a whole number from 1 to 100",
        factor -> factor >= 1 && factor <= 100 && factor == Math.rint(factor));
  }

  private static boolean arePhones(String value) {
    return value.matches("\\d+(:\\d+)*");
  }

  @SafeVarargs
  static Map<String, ModelFileKind> inOrder(Map.Entry<String, ModelFileKind>... names) {
    Map<String, ModelFileKind> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, ModelFileKind> name : names) {
      ordered.put(name.getKey(), name.getValue());
    }
    return Collections.unmodifiableMap(ordered);
  }
}
