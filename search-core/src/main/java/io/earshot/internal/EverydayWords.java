package io.earshot.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * Words that say nothing about a matter: function words, and what everybody writes to everybody.
 *
 * <p>What a scope holds cannot tell that "hello" is common and "kettle" is not, and no table of
 * other customers' words may. So these are fixed lists: Lucene's of function words, and one of our
 * own of what is said in nearly every contact between a customer and a company.
 */
public final class EverydayWords {
  /** Of every language: what stands around a message rather than in it. */
  private static final String ANYWHERE =
      """
      http https www com org net html re fw fwd aw wg subject from sent to cc bcc date ok okay hi hello hey
      """;

  private static final String ENGLISH =
      """
      i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
      herself it its itself they them their theirs themselves this that these those who whom whose which what when
      where why how whatever whoever whenever wherever a an the and or but nor so yet if then else than because since
      until while although though unless whether as at by for from in into of off on onto out over to toward towards
      under up upon with within without about above across after against along among around before behind below
      beneath beside besides between beyond down during except near through throughout per via be am is are was were
      been being have has had having do does did done doing will would shall should can could may might must ought
      cannot dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt
      don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't
      i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've we'd
      we'll they're they've they'd they'll that's that'll there's there'd here's what's who's where's how's let's ain't
      im ive ill id youre youve theyre thats whats lets s t m d re ll ve
      no not yes yeah yep nope none nothing nobody never neither either any anyone anybody anything anywhere anyway some
      someone somebody something somewhere sometimes sometime every everyone everybody everything everywhere each all
      both few several many much more most other others another such own same only just also too very really quite
      rather so still already always often again ever even else almost enough here there now then today tomorrow
      yesterday tonight soon later earlier once twice ago lately recently currently yet perhaps maybe probably actually
      basically literally certainly definitely exactly simply obviously unfortunately however therefore otherwise
      instead together apart away back forward well good great nice fine lovely perfect brilliant excellent wonderful
      fantastic awesome alright right correct sure course true false bad better best worse worst bit lot lots kind sort
      thing things stuff way ways one ones two three four five six seven eight nine ten eleven twelve thirteen fourteen
      fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
      million zero oh double triple half first second third fourth fifth sixth seventh eighth ninth tenth last next
      previous new old big small little long short high low far
      monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
      october november december day days week weeks weekend month months year years hour hours minute minutes moment
      time times morning afternoon evening night noon am pm date
      hello hi hey hiya dear goodbye bye welcome thank thanks thankyou thx ty cheers please pls sorry apologise
      apologize apologies apology excuse pardon regards sincerely faithfully best kind warm wishes greetings mr mrs ms
      miss sir madam mister name names customer customers client service services support team department help helped
      helping helps assist assistance assistant agent manager colleague advisor representative company sir
      speak speaking spoke spoken talk talking talked tell told telling say says said saying ask asked asking asks
      question questions answer answered call called calling calls caller phone phoned ring telephone number numbers
      mail mails email emails e-mail emailed message messages chat chatting write writing wrote written send sending
      sends sent receive received receiving reply replied respond response contact contacted contacting reach read
      get gets getting got gotten give gives given giving gave go goes going gone went come comes coming came take takes
      taking took taken make makes making made put puts putting let lets see sees seeing saw seen look looks looking
      looked know knows knowing knew known think thinks thinking thought want wants wanted wanting need needs needed
      needing like likes liked try tries trying tried use uses used using find finds finding found keep keeps keeping
      kept show shows showed shown seem seems seemed happen happens happened happening start started stop stopped
      wait waits waiting waited hold holding bear hang check checks checking checked confirm confirms confirmed
      confirming understand understood understands believe guess hope hopes hoping hoped wish wonder wondering mean
      means meant feel feels felt bring brought able unable possible impossible available appreciate appreciated
      appreciates happy glad pleased pleasure worry worries problem problems issue issues matter matters case detail
      details information info note notes reason reasons concern concerns regarding concerning further full details
      attached attachment follow following followed below above kindly anything's else's assistance within you'd
      would've could've should've yours gonna wanna gotta um uh er hmm mm huh ah oh wow haha lol yay
      whole part parts people person man woman guy guys home work works working worked everyone's place point
      change changed afraid pound pounds euro euros dollar dollars pence cent cents end ended turn add added side left live set
      """;

  private static final String GERMAN =
      """
      hallo guten tag morgen abend liebe lieber sehr geehrte geehrter geehrten damen herren frau herr danke vielen dank
      bitte gruss grusse grussen freundlichen freundliche freundlich mfg lg viele beste besten tschuss wiedersehen
      kunde kunden kundenservice service team hilfe frage fragen antwort nachricht mail email telefon anruf nummer heute
      gestern morgen leider gern gerne schon mal noch immer wieder ganz ja nein ok mehr gibt geht habe hatte konnen
      konnte wurde mochte mussen bereits wegen rufen angerufen sagen gesagt schreiben geschrieben melden
      """;

  private static final String FRENCH =
      """
      bonjour bonsoir salut merci cordialement madame monsieur cher chere svp sil plait veuillez salutations agreer
      client service aide question reponse message mail email telephone appel numero oui non tres bien aussi encore
      """;

  private static final String SPANISH =
      """
      hola buenos buenas dias tardes noches gracias saludos cordiales atentamente estimado estimada senor senora favor
      cliente servicio ayuda pregunta respuesta mensaje correo telefono llamada numero si no muy bien tambien aun
      """;

  /** Of up to three digits, a year, with points or the like in between, or with an ending (2nd). */
  private static final Pattern EVERYDAY_NUMBER =
      Pattern.compile(
          "\\p{Nd}{1,3}|(19|20)\\p{Nd}{2}|\\p{Nd}{1,2}([.,:]\\p{Nd}{1,2})+|\\p{Nd}{1,2}\\p{L}{1,2}");

  private static final Map<String, Supplier<CharArraySet>> LUCENES =
      Map.ofEntries(
          Map.entry("ar", ArabicAnalyzer::getDefaultStopSet),
          Map.entry("bg", BulgarianAnalyzer::getDefaultStopSet),
          Map.entry("bn", BengaliAnalyzer::getDefaultStopSet),
          Map.entry("ca", CatalanAnalyzer::getDefaultStopSet),
          Map.entry("ckb", SoraniAnalyzer::getDefaultStopSet),
          Map.entry("cs", CzechAnalyzer::getDefaultStopSet),
          Map.entry("da", DanishAnalyzer::getDefaultStopSet),
          Map.entry("de", GermanAnalyzer::getDefaultStopSet),
          Map.entry("el", GreekAnalyzer::getDefaultStopSet),
          Map.entry("en", EnglishAnalyzer::getDefaultStopSet),
          Map.entry("es", SpanishAnalyzer::getDefaultStopSet),
          Map.entry("et", EstonianAnalyzer::getDefaultStopSet),
          Map.entry("eu", BasqueAnalyzer::getDefaultStopSet),
          Map.entry("fa", PersianAnalyzer::getDefaultStopSet),
          Map.entry("fi", FinnishAnalyzer::getDefaultStopSet),
          Map.entry("fr", FrenchAnalyzer::getDefaultStopSet),
          Map.entry("ga", IrishAnalyzer::getDefaultStopSet),
          Map.entry("gl", GalicianAnalyzer::getDefaultStopSet),
          Map.entry("hi", HindiAnalyzer::getDefaultStopSet),
          Map.entry("hu", HungarianAnalyzer::getDefaultStopSet),
          Map.entry("id", IndonesianAnalyzer::getDefaultStopSet),
          Map.entry("it", ItalianAnalyzer::getDefaultStopSet),
          Map.entry("lt", LithuanianAnalyzer::getDefaultStopSet),
          Map.entry("lv", LatvianAnalyzer::getDefaultStopSet),
          Map.entry("nb", NorwegianAnalyzer::getDefaultStopSet),
          Map.entry("ne", NepaliAnalyzer::getDefaultStopSet),
          Map.entry("nl", DutchAnalyzer::getDefaultStopSet),
          Map.entry("no", NorwegianAnalyzer::getDefaultStopSet),
          Map.entry("pt", PortugueseAnalyzer::getDefaultStopSet),
          Map.entry("ro", RomanianAnalyzer::getDefaultStopSet),
          Map.entry("ru", RussianAnalyzer::getDefaultStopSet),
          Map.entry("sr", SerbianAnalyzer::getDefaultStopSet),
          Map.entry("sv", SwedishAnalyzer::getDefaultStopSet),
          Map.entry("tr", TurkishAnalyzer::getDefaultStopSet));

  private static final Map<String, String> OURS =
      Map.of("en", ENGLISH, "de", GERMAN, "fr", FRENCH, "es", SPANISH);

  private static final Map<String, Set<String>> BY_LANGUAGE = new ConcurrentHashMap<>();

  /** Few: a company writes in few languages, and there are twenty that are known. */
  private static final Map<Set<String>, EverydayWords> KEPT = new ConcurrentHashMap<>();

  private final Set<String> words = new HashSet<>();

  private EverydayWords(Set<String> languages) {
    for (String line : split(ANYWHERE)) {
      words.add(line);
    }
    for (String language : languages) {
      words.addAll(listed(language));
    }
  }

  /** The everyday words of those languages, BCP 47 tags. */
  public static EverydayWords of(Collection<String> languages) {
    return KEPT.computeIfAbsent(known(languages), EverydayWords::new);
  }

  private static Set<String> known(Collection<String> languages) {
    Set<String> known = new TreeSet<>();
    for (String language : languages) {
      String subtag = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
      if (LUCENES.containsKey(subtag)) {
        known.add(subtag);
      }
    }
    return known;
  }

  /** The everyday words of a language by its code, folded; none of languages without a list. */
  static Set<String> listed(String code) {
    return LUCENES.containsKey(code)
        ? BY_LANGUAGE.computeIfAbsent(code, EverydayWords::read)
        : Set.of();
  }

  private static String[] split(String words) {
    return words.strip().split("\\s+", -1);
  }

  private static Set<String> read(String language) {
    Set<String> read = new HashSet<>();
    for (Object word : LUCENES.getOrDefault(language, () -> CharArraySet.EMPTY_SET).get()) {
      read.add(Analysis.folded(new String((char[]) word)));
    }
    for (String word : split(OURS.getOrDefault(language, ""))) {
      read.add(word);
    }
    return read;
  }

  /**
   * Whether a folded word may tell one matter from another: not an everyday word, not a single
   * letter, and not a number that may be a count, a year, an amount or a time.
   */
  public boolean mayTell(String word) {
    return !words.contains(word) && !isShort(word) && !EVERYDAY_NUMBER.matcher(word).matches();
  }

  private static boolean isShort(String word) {
    return word.codePointCount(0, word.length()) < 2
        && !Character.isIdeographic(word.codePointAt(0));
  }
}
