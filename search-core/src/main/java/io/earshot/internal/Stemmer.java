package io.earshot.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.bg.BulgarianStemFilter;
import org.apache.lucene.analysis.bn.BengaliNormalizationFilter;
import org.apache.lucene.analysis.bn.BengaliStemFilter;
import org.apache.lucene.analysis.ckb.SoraniNormalizationFilter;
import org.apache.lucene.analysis.ckb.SoraniStemFilter;
import org.apache.lucene.analysis.cz.CzechStemFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanMinimalStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fi.FinnishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.gl.GalicianStemFilter;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.lv.LatvianStemFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ro.RomanianNormalizationFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishMinimalStemFilter;
import org.apache.lucene.analysis.te.TeluguNormalizationFilter;
import org.apache.lucene.analysis.te.TeluguStemFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.ArmenianStemmer;
import org.tartarus.snowball.ext.BasqueStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EstonianStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.GreekStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.IrishStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.LithuanianStemmer;
import org.tartarus.snowball.ext.NepaliStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SerbianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;
import org.tartarus.snowball.ext.YiddishStemmer;

/**
 * Stems words of one language, by what Lucene has for it. English has a way of its own, see {@link
 * Inflections}.
 *
 * <p>A word is stemmed as it is written, because stemmers know their language's accents, and as it
 * is folded, because people leave accents out; both stems are folded then. The second is a function
 * of the folded word alone, so whatever has a word has its stem.
 *
 * <p>Made for one text; not thread-safe.
 */
final class Stemmer {
  /** By ISO 639-1 code, or 639-3 where there is none: what follows the words of that language. */
  private static final Map<String, UnaryOperator<TokenStream>> CHAINS = chains();

  /** What such a stemmer joins that the first one does not. */
  private static final Map<String, UnaryOperator<TokenStream>> FURTHER = further();

  private static final CharArraySet CATALAN = articles("d", "l", "m", "n", "s", "t");
  private static final CharArraySet ITALIAN =
      articles(
          "c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d"
              .split(" "));

  private final List<Chain> chains = new ArrayList<>(2);

  private Stemmer() {}

  /** One stemmer, and what it is fed. */
  private static final class Chain {
    private final Feed feed = new Feed();
    private final TokenStream words;
    private final CharTermAttribute term;

    private Chain(UnaryOperator<TokenStream> filters) {
      words = filters.apply(feed);
      term = words.addAttribute(CharTermAttribute.class);
    }

    private void add(String word, Set<String> stems) {
      feed.next = word;
      try {
        while (words.incrementToken()) {
          String stem = Folding.fold(term.toString());
          if (!stem.isEmpty()) {
            stems.add(stem);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a string does not fail
      }
    }
  }

  /** Gives the filters one word at a time, each time it was set. */
  private static final class Feed extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private String next = "";

    @Override
    public boolean incrementToken() {
      if (next.isEmpty()) {
        return false;
      }
      clearAttributes();
      term.setEmpty().append(next);
      next = "";
      return true;
    }
  }

  /** Whether it knows that language, by its code. */
  static boolean knows(String code) {
    return CHAINS.containsKey(code);
  }

  /** For a language's code. */
  static Stemmer of(String code) {
    UnaryOperator<TokenStream> filters = CHAINS.get(code);
    if (filters == null) {
      throw new IllegalArgumentException("no stemmer for \"" + code + "\"");
    }
    Stemmer stemmer = new Stemmer();
    stemmer.chains.add(new Chain(filters));
    if (FURTHER.containsKey(code)) {
      stemmer.chains.add(new Chain(FURTHER.get(code)));
    }
    return stemmer;
  }

  /**
   * The stems of a word, folded; none if nothing is left.
   *
   * @param written as it stands in the text
   * @param folded the same, folded
   */
  List<String> stems(String written, String folded) {
    Set<String> stems = new LinkedHashSet<>();
    for (Chain chain : chains) {
      chain.add(folded, stems);
      if (!written.equals(folded)) {
        chain.add(written, stems);
      }
    }
    return List.copyOf(stems);
  }

  private static CharArraySet articles(String... words) {
    return CharArraySet.unmodifiableSet(new CharArraySet(List.of(words), true));
  }

  private static UnaryOperator<TokenStream> snowball(Supplier<SnowballStemmer> stemmer) {
    return words -> new SnowballFilter(lower(words), stemmer.get());
  }

  private static TokenStream lower(TokenStream words) {
    return new LowerCaseFilter(words);
  }

  /** Of "auto's"; "huis" and "huizen", "brief" and "brieven". */
  private static TokenStream dutch(TokenStream words) {
    TokenStream plain = end(lower(words), "['\u2019]s", "");
    return end(end(new SnowballFilter(plain, new DutchStemmer()), "z", "s"), "v", "f");
  }

  /**
   * Twice: a plain word may end as if it were inflected, and is cut where its inflection is not.
   */
  private static TokenStream turkish(TokenStream words) {
    return new SnowballFilter(
        new SnowballFilter(words, new TurkishStemmer()), new TurkishStemmer());
  }

  /** Puts something else where a word, or a stem, ends so. */
  private static TokenStream end(TokenStream words, String ending, String instead) {
    return new PatternReplaceFilter(words, Pattern.compile(ending + "$"), instead, false);
  }

  private static Map<String, UnaryOperator<TokenStream>> further() {
    Map<String, UnaryOperator<TokenStream>> further = new TreeMap<>();
    further.put("de", in -> new GermanMinimalStemFilter(new GermanNormalizationFilter(lower(in))));
    further.put("es", in -> new SpanishLightStemFilter(lower(in))); // devolucion, devoluciones
    further.put("fi", in -> new FinnishLightStemFilter(lower(in)));
    further.put("it", in -> new ItalianLightStemFilter(new ElisionFilter(lower(in), ITALIAN)));
    if (Morphology.isPresent("pl.PolishAnalyzer") && PolishLemmas.areThere()) {
      further.put("pl", PolishLemmas::of);
    }
    further.put("sv", in -> new SwedishMinimalStemFilter(lower(in)));
    further.put(
        "te",
        in ->
            end(
                lower(in),
                "(?<=..)(\u0c3e\u0c28\u0c4d\u0c28\u0c3f|\u0c3e\u0c32\u0c41|\u0c32\u0c41|\u0c02)",
                ""));
    further.put( // makine, makinesi
        "tr",
        in ->
            turkish(
                end(
                    new TurkishLowerCaseFilter(new ApostropheFilter(in)),
                    "(?<=..[aeio\u0131\u00f6u\u00fc])s[\u0131iu\u00fc]",
                    "")));
    return further;
  }

  private static Map<String, UnaryOperator<TokenStream>> chains() {
    Map<String, UnaryOperator<TokenStream>> chains = new TreeMap<>();
    chains.put("ar", in -> new ArabicStemFilter(new ArabicNormalizationFilter(lower(in))));
    chains.put("bg", in -> new BulgarianStemFilter(lower(in)));
    chains.put(
        "bn",
        in ->
            new BengaliStemFilter(
                new BengaliNormalizationFilter(new IndicNormalizationFilter(lower(in)))));
    chains.put(
        "ca",
        in -> new SnowballFilter(new ElisionFilter(lower(in), CATALAN), new CatalanStemmer()));
    chains.put("ckb", in -> new SoraniStemFilter(new SoraniNormalizationFilter(lower(in))));
    chains.put("cs", in -> new CzechStemFilter(lower(in)));
    chains.put("da", snowball(DanishStemmer::new));
    chains.put( // Konto, Konten; Firma, Firmen; Datum, Daten
        "de",
        in ->
            end(
                new GermanLightStemFilter(new GermanNormalizationFilter(lower(in))),
                "(?<=...)(o|a|um)",
                ""));
    chains.put(
        "el",
        in ->
            end(
                new SnowballFilter(new GreekLowerCaseFilter(in), new GreekStemmer()),
                "(?<=..)\u03b9",
                ""));
    chains.put("es", snowball(SpanishStemmer::new));
    chains.put("et", snowball(EstonianStemmer::new));
    chains.put("eu", snowball(BasqueStemmer::new));
    chains.put(
        "fa",
        in ->
            new PersianStemFilter(
                new PersianNormalizationFilter(new ArabicNormalizationFilter(lower(in)))));
    chains.put( // tilaus, tilaukset
        "fi", in -> end(new SnowballFilter(lower(in), new FinnishStemmer()), "(?<=[ouy])ks", "s"));
    chains.put(
        "fr",
        in ->
            end( // travail, travaux
                new FrenchLightStemFilter(
                    new ElisionFilter(lower(in), FrenchAnalyzer.DEFAULT_ARTICLES)),
                "(?<=v)ail",
                "al"));
    chains.put("ga", in -> new SnowballFilter(new IrishLowerCaseFilter(in), new IrishStemmer()));
    chains.put("gl", in -> new GalicianStemFilter(lower(in)));
    chains.put(
        "hi",
        in ->
            new HindiStemFilter(
                new HindiNormalizationFilter(new IndicNormalizationFilter(lower(in)))));
    chains.put("hu", snowball(HungarianStemmer::new));
    chains.put("hy", snowball(ArmenianStemmer::new));
    chains.put("id", in -> new IndonesianStemFilter(lower(in)));
    chains.put(
        "it",
        in -> new SnowballFilter(new ElisionFilter(lower(in), ITALIAN), new ItalianStemmer()));
    chains.put("lt", snowball(LithuanianStemmer::new));
    chains.put("lv", in -> new LatvianStemFilter(lower(in)));
    chains.put(
        "ne",
        in -> new SnowballFilter(new IndicNormalizationFilter(lower(in)), new NepaliStemmer()));
    chains.put("nl", Stemmer::dutch);
    chains.put("no", snowball(NorwegianStemmer::new));
    if (Morphology.isPresent("pl.PolishAnalyzer")) {
      chains.put("pl", PolishStems::of);
    }
    chains.put("pt", in -> new PortugueseLightStemFilter(lower(in)));
    chains.put(
        "ro",
        in ->
            new SnowballFilter(new RomanianNormalizationFilter(lower(in)), new RomanianStemmer()));
    chains.put("ru", snowball(RussianStemmer::new));
    chains.put("sr", in -> new SnowballFilter(lower(in), new SerbianStemmer()));
    chains.put("sv", snowball(SwedishStemmer::new));
    chains.put(
        "ta",
        in -> new SnowballFilter(new IndicNormalizationFilter(lower(in)), new TamilStemmer()));
    chains.put(
        "te",
        in ->
            new TeluguStemFilter(
                new TeluguNormalizationFilter(new IndicNormalizationFilter(lower(in)))));
    chains.put("tr", in -> turkish(new TurkishLowerCaseFilter(new ApostropheFilter(in))));
    chains.put("yi", snowball(YiddishStemmer::new));
    return chains;
  }
}
