package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.call;
import static io.earshot.Samples.chat;
import static io.earshot.Samples.ids;
import static io.earshot.Samples.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No language is given here but where a test says so. */
class LanguageDetectionTest {
  private static final LanguageDetector BUILT_IN = LanguageDetector.builtIn();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en|My kettle is broken and I would like to have my money back, please.",
        "en|hi how are you doing today",
        "de|Guten Tag, mein Wasserkocher ist kaputt und ich möchte mein Geld zurück.",
        "de|hallo ich habe meine rechnung noch nicht bekommen",
        "es|Buenas tardes, mi pedido no ha llegado todavía y quiero que me devuelvan el dinero.",
        "es|hola donde esta mi pedido, no me ha llegado nada",
        "fr|Bonjour, ma commande n'est pas encore arrivée, je voudrais être remboursé.",
        "it|Buongiorno, il mio ordine non è ancora arrivato e vorrei un rimborso.",
        "pt|Bom dia, o meu pedido ainda não chegou e gostaria de receber o dinheiro de volta.",
        "nl|Goedemiddag, mijn bestelling is nog niet aangekomen en ik wil graag mijn geld terug.",
        "sv|Hej, min beställning har inte kommit än och jag skulle vilja få pengarna tillbaka.",
        "da|Hej, jeg har ikke modtaget min ordre endnu, hvad gør jeg nu? Kan I hjælpe mig af med den?",
        "no|Hei, jeg har ikke mottatt bestillingen ennå, hva gjør jeg nå? Kan dere hjelpe meg av med den?",
        "fi|Hei, tilaukseni ei ole vielä saapunut ja haluaisin rahani takaisin.",
        "fi|Pesukoneeni on rikki ja haluan rahani takaisin mahdollisimman pian. Olen odottanut korjaajaa jo kolme viikkoa.",
        "fi|Paketti ei tullut perille vaikka seuranta sanoo toimitettu.",
        "eu|Nire garbigailua apurtuta dago eta dirua itzultzea nahi dut lehenbailehen.",
        "eu|Telefonoa hautsita iritsi zait eta beste bat nahi dut.",
        "pl|Dzień dobry, moje zamówienie jeszcze nie dotarło i chciałbym odzyskać pieniądze.",
        "cs|Dobrý den, moje objednávka ještě nepřišla a chtěl bych vrátit peníze.",
        "hu|Jó napot, a rendelésem még nem érkezett meg, kérem vissza a pénzemet.",
        "ro|Bună ziua, comanda mea nu a ajuns încă și aș vrea banii înapoi.",
        "tr|Merhaba, siparişim henüz gelmedi ve paramı geri almak istiyorum.",
        "id|Selamat pagi, pesanan saya belum sampai dan saya ingin uang saya kembali.",
        "ru|Здравствуйте, мой заказ ещё не пришёл, верните, пожалуйста, деньги.",
        "uk|Добрий день, моє замовлення ще не прийшло, поверніть, будь ласка, гроші.",
        "bg|Здравейте, поръчката ми още не е пристигнала и искам парите си обратно.",
        "sr|Добар дан, моја поруџбина још није стигла и желим да ми вратите новац.",
        "ar|مرحبا، لم يصل طلبي حتى الآن وأريد استرداد أموالي من فضلكم.",
        "fa|سلام، سفارش من هنوز نرسیده است و می‌خواهم پولم را پس بگیرم.",
        "hi|नमस्ते, मेरा ऑर्डर अभी तक नहीं आया है, कृपया पैसे वापस करें।",
        "hi|मुझे मेरे पैसे वापस चाहिए, मशीन खराब है।",
        "mr|माझी ऑर्डर अजून आली नाही, कृपया माझे पैसे परत करा.",
        "ur|مجھے اپنی رقم واپس چاہیے، مشین خراب ہے اور کوئی جواب نہیں دے رہا۔",
        "be|Дзень добры, мая замова яшчэ не прыйшла, калі ласка, вярніце грошы.",
        "am|ትዕዛዜ እስካሁን አልደረሰም እና ገንዘቤን እንዲመለስልኝ እፈልጋለሁ።",
        "yi|מיין וואשמאשין איז צעבראכן און איך וויל צוריק מיין געלט אזוי שנעל ווי מעגלעך.",
        "ne|नमस्कार, मेरो अर्डर अहिलेसम्म आएको छैन, कृपया पैसा फिर्ता गर्नुहोस्।",
        "bn|নমস্কার, আমার অর্ডার এখনো আসেনি, টাকা ফেরত দিন।",
        "ta|வணக்கம், எனது பொருள் இன்னும் வரவில்லை.",
        "el|Καλημέρα, η παραγγελία μου δεν έχει φτάσει ακόμα.",
        "he|שלום, ההזמנה שלי עדיין לא הגיעה, אני רוצה את הכסף בחזרה.",
        "ja|注文した商品がまだ届きません。OR50-0417729です。",
        "ja|12日電話。返金でなく代替品希望、12/6までに必須。",
        "zh|我的订单还没有收到，请尽快退款。",
        "ko|주문한 상품이 아직 도착하지 않았습니다.",
        "th|สินค้ายังไม่มาถึง ขอเงินคืนด้วยค่ะ",
        "vi|Xin chào, đơn hàng của tôi vẫn chưa đến, tôi muốn được hoàn tiền.",
      })
  void detect_sentence_isInItsLanguage(String language, String sentence) {
    assertThat(BUILT_IN.detect(sentence)).contains(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "kettle",
        "refund kettle",
        "ok",
        "AquaSpin 700, invoice INV-2026-00187, EUR 320",
        "kim.doe@example.com https://www.example.de/der/die/das",
        "👍👍",
        "Ω",
        "了解",
        "Müller",
        "da bomb, on sale",
        "mera paisa wapas karo, order nahi aaya, nahi chahiye",
        "Jag 2 Hej",
        "My naam is Piet en ek wil my geld terug hê asseblief.",
        "Dobrý deň, moja objednávka ešte neprišla, prosím vráťte mi peniaze.",
      })
  void detect_tooLittleOrALanguageThatIsNotKnown_isEmpty(String text) {
    assertThat(BUILT_IN.detect(text)).isEmpty();
  }

  @Test
  void detect_longText_readsItsBeginningOnly() {
    String german = "Das ist noch nicht angekommen und ich warte. ".repeat(50);

    assertThat(BUILT_IN.detect(german + "This is what they told me. ".repeat(1_000)))
        .contains("de");
  }

  @Test
  void detect_englishOfSamples_isTakenForNothingElse() throws IOException {
    assertEnglish(groups(Path.of("../samples/chat/webchat.jsonl")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat/conversations.jsonl", "transcripts/reference.jsonl"})
  void detect_englishOfSharedData_isTakenForNothingElse(String name) throws IOException {
    Path file = Path.of(System.getProperty("earshot.data", "../../shared/data"), name);
    assumeTrue(Files.exists(file), "no shared sample data");

    assertEnglish(groups(file));
  }

  /** At most one of 200 may be taken for another language, and most are told to be English. */
  private static void assertEnglish(List<String> texts) {
    List<String> longer = texts.stream().filter(text -> text.length() >= 20).toList();
    List<String> wrong =
        longer.stream().filter(text -> !BUILT_IN.detect(text).orElse("en").equals("en")).toList();
    long told = longer.stream().filter(text -> BUILT_IN.detect(text).isPresent()).count();

    assertThat(longer).isNotEmpty();
    assertThat(wrong).hasSizeLessThanOrEqualTo(longer.size() / 200);
    assertThat(told).isGreaterThanOrEqualTo(longer.size() * 95L / 100);
  }

  private static List<String> groups(Path file) throws IOException {
    List<String> groups = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Map<String, String> byParticipant = new LinkedHashMap<>();
      for (Turn turn : InteractionJson.read(line).interaction().turns()) {
        if (turn.language().isEmpty()) {
          byParticipant.merge(turn.participant(), turn.text(), (all, one) -> all + "\n" + one);
        }
      }
      groups.addAll(byParticipant.values());
    }
    return groups;
  }

  private static InteractionIndex index(Interaction... interactions) {
    InteractionIndex index = InteractionIndex.builder().inMemory().open();
    for (Interaction interaction : interactions) {
      index.add(interaction);
    }
    return index;
  }

  private static List<String> found(InteractionIndex index, String query) {
    return ids(index.customer("c-1").search(SearchRequest.builder(query).relaxing(false).build()));
  }

  private static Map<String, Long> languages(InteractionIndex index) {
    SearchRequest request = SearchRequest.builder("").facets(true).build();
    return index.customer("c-1").search(request).facets().getOrDefault("language", Map.of());
  }

  @Test
  void add_participantsWriteDifferentLanguages_eachHasTheirInflections() {
    Interaction chat =
        chat(
            "1",
            "c-1",
            MAY,
            "Hola, no me han llegado las devoluciones de mi pedido",
            "Sorry, I only speak English. Were the parcels returned by you?",
            "sí, y la factura",
            "Thank you, your invoices were corrected.");
    try (InteractionIndex index = index(chat)) {
      assertThat(found(index, "devolución")).containsExactly("1");
      assertThat(found(index, "facturas")).as("as its group").containsExactly("1");
      assertThat(found(index, "invoice correcting")).containsExactly("1");
      assertThat(found(index, "lang:es")).containsExactly("1");
      assertThat(found(index, "lang:en")).containsExactly("1");
      assertThat(languages(index)).containsOnlyKeys("en", "es");
    }
  }

  @Test
  void add_participantChangesLanguage_turnsAreInTheirs() {
    Interaction chat =
        chat(
            "1",
            "c-1",
            MAY,
            "Ich warte noch immer auf die Rechnungen von Ihnen.",
            "Is English ok for you?",
            "yes of course no problem, I was waiting for the vouchers");
    try (InteractionIndex index = index(chat)) {
      assertThat(found(index, "rechnung voucher wait")).containsExactly("1");
    }
  }

  @Test
  void add_turnThatTellsNothing_isAsTheRestOfTheInteraction() {
    Interaction chat =
        chat(
            "1",
            "c-1",
            MAY,
            "Wasserkocher",
            "Guten Tag, womit kann ich Ihnen heute weiterhelfen? Haben Sie die Bücher?",
            "Bücher");
    try (InteractionIndex index = index(chat)) {
      assertThat(found(index, "said-by:customer buch")).containsExactly("1");
      assertThat(languages(index)).containsOnlyKeys("de");
    }
  }

  @Test
  void add_nothingTells_isInTheDefaultLanguage() {
    try (InteractionIndex index = index(chat("1", "c-1", MAY, "kettles"));
        InteractionIndex german =
            InteractionIndex.builder().inMemory().defaultLanguage("de-AT").open()) {
      german.add(chat("1", "c-1", MAY, "Rechnungen"));
      german.add(chat("2", "c-1", MAY, "Wo bleibt denn meine Rechnung, ich warte noch immer?"));

      assertThat(found(index, "kettle lang:en")).containsExactly("1");
      assertThat(found(german, "rechnung")).containsExactlyInAnyOrder("1", "2");
      assertThat(languages(german)).as("as its default says").isEqualTo(Map.of("de-at", 2L));
    }
  }

  @Test
  void add_languageIsGiven_itHolds() {
    String german = "Wo bleiben denn meine Rechnungen, ich warte noch immer darauf?";
    Interaction chat = chat("1", "c-1", MAY, german);
    Interaction given = chat("2", "c-1", MAY, german).toBuilder().language("en").build();
    List<Turn> turns = List.of(chat.turns().getFirst().toBuilder().language("en").build());
    Interaction turnGiven = chat("3", "c-1", MAY, german).toBuilder().turns(turns).build();
    try (InteractionIndex index = index(chat, given, turnGiven)) {
      assertThat(found(index, "rechnung")).containsExactly("1");
      assertThat(found(index, "lang:en")).containsExactlyInAnyOrder("2", "3");
    }
  }

  @Test
  void add_quotedTextSubjectAndAttachment_areDetectedByThemselves() {
    Turn turn =
        Turn.builder("kim@example.com")
            .text("Please see what they wrote to me, I do not understand it.")
            .quotedText("Wir haben Ihre Rechnungen noch nicht erhalten, bitte zahlen Sie.")
            .build();
    Interaction mail =
        mail("1", "c-1", MAY, "Wo sind denn meine Bücher?", turn).toBuilder()
            .attachments(
                List.of(
                    new Attachment(
                        "lettre.pdf",
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of("Nous vous prions de payer les factures qui sont jointes."))))
            .build();
    try (InteractionIndex index = index(mail)) {
      assertThat(found(index, "rechnung buch facture understanding")).containsExactly("1");
      assertThat(languages(index)).as("of what was written").isEqualTo(Map.of("en", 1L));
    }
  }

  @Test
  void search_questionInAnotherLanguage_isNotTakenForAnEnglishOne() {
    String dutch = "is it so dat ik mijn geld nog niet heb gekregen van jullie en is er meer";
    try (InteractionIndex index = index(call("1", "c-1", MAY, dutch));
        InteractionIndex off =
            InteractionIndex.builder()
                .inMemory()
                .languageDetector(LanguageDetector.none())
                .open()) {
      off.add(call("1", "c-1", MAY, dutch));

      assertThat(found(off, "is:question geld")).containsExactly("1");
      assertThat(found(index, "is:question geld")).isEmpty();
    }
  }

  @Test
  void add_languageWithoutKnownInflections_isNotEnglish() {
    String urdu = "مجھے اپنی رقم واپس چاہیے، مشین خراب ہے اور کوئی جواب نہیں دے رہا۔ refunds";
    try (InteractionIndex index = index(chat("1", "c-1", MAY, urdu))) {
      assertThat(languages(index)).containsOnlyKeys("ur");
      assertThat(found(index, "lang:en")).isEmpty();
      assertThat(found(index, "refunds")).containsExactly("1");
      assertThat(found(index, "refund")).isEmpty();
    }
  }

  @Test
  void add_finnish_isFoundByItsInflections() {
    String text = "Pesukoneeni on rikki ja haluan rahani takaisin mahdollisimman pian.";
    try (InteractionIndex index = index(chat("1", "c-1", MAY, text))) {
      assertThat(found(index, "pesukone raha")).containsExactly("1");
    }
  }

  @Test
  void add_detectorIsSwitchedOff_allIsInTheDefaultLanguage() {
    try (InteractionIndex index =
        InteractionIndex.builder().inMemory().languageDetector(LanguageDetector.none()).open()) {
      index.add(chat("1", "c-1", MAY, "Wo bleiben denn meine Rechnungen, ich warte noch immer?"));

      assertThat(found(index, "rechnung")).isEmpty();
      assertThat(languages(index)).isEqualTo(Map.of("en", 1L));
    }
  }

  @Test
  void add_ownDetector_isAsked() {
    LanguageDetector polish = text -> Optional.of("pl-PL");
    try (InteractionIndex index =
        InteractionIndex.builder().inMemory().languageDetector(polish).open()) {
      index.add(chat("1", "c-1", MAY, "liczniki"));

      assertThat(found(index, "licznik lang:pl")).containsExactly("1");
      assertThat(index.get("1").orElseThrow().language()).as("stays as given").isEmpty();
    }
  }

  @Test
  void add_detectorThrows_throwsItAndChangesNothing() {
    LanguageDetector broken =
        text -> {
          throw new IllegalStateException("no model");
        };
    try (InteractionIndex index =
        InteractionIndex.builder().inMemory().languageDetector(broken).open()) {
      Interaction chat = chat("1", "c-1", MAY, "kettle");

      assertThatThrownBy(() -> index.add(chat)).hasMessage("no model");
      assertThat(index.size()).isZero();
      index.add(chat.toBuilder().language("en").build());
      assertThat(found(index, "kettles")).containsExactly("1");
    }
  }

  @Test
  void search_othersWriteOtherLanguages_changesNothing() {
    Interaction own = chat("1", "c-1", MAY, "Bücher, Rechnungen und mehr");
    Interaction others =
        chat("2", "c-2", MAY, "Wo bleiben denn die Bücher und Rechnungen, ich warte noch immer?");
    try (InteractionIndex alone = index(own);
        InteractionIndex together = index(others, own, others)) {
      for (String query : List.of("buch", "rechnung", "bücher", "lang:de", "lang:en")) {
        assertThat(found(together, query)).isEqualTo(found(alone, query));
      }
      assertThat(languages(together)).isEqualTo(languages(alone));
    }
  }

  @Test
  void moreLikeThis_inAnotherLanguage_goesByItsInflections() {
    String text = "Der Wasserkocher ist kaputt und die Rechnung ist auch noch nicht da.";
    Interaction like =
        chat("2", "c-1", MAY, "Meine Wasserkocher sind kaputt, und wo sind denn die Rechnungen?");
    try (InteractionIndex index = index(chat("1", "c-1", MAY, text))) {
      assertThat(ids(index.customer("c-1").moreLikeThis(like))).containsExactly("1");
    }
  }
}
