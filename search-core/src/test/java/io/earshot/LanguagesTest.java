package io.earshot;

import static io.earshot.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One history in many languages; no query says which it is in. */
@TestInstance(Lifecycle.PER_CLASS)
class LanguagesTest {
  private static final Instant MAY = Instant.parse("2026-05-01T10:00:00Z");

  private InteractionIndex index;

  @BeforeAll
  void write() {
    index = InteractionIndex.builder().inMemory().open();
    List<String[]> texts = new ArrayList<>();
    texts.add(new String[] {"en", "My kettle was cancelled and refunded twice."});
    texts.add(
        new String[] {
          "bn", "আমার বাংলাদেশের অর্ডারটি এখনো পৌঁছায়নি, টাকা ফেরতের জন্য আবেদন করেছি।"
        });
    texts.add(
        new String[] {
          "hi", "मेरी किताबें अभी तक नहीं मिलीं, कृपया पैसे वापस करें। हिन्दी में बात करें।"
        });
    texts.add(new String[] {"ja", "関西国際空港で買ったレンズが壊れました。修理をお願いします。"});
    texts.add(new String[] {"zh", "我的订单还没有收到，请尽快退款。中华人民共和国海关扣留了包裹。"});
    texts.add(new String[] {"ko", "주문한 상품이 아직 도착하지 않아서 환불을 요청했습니다."});
    texts.add(
        new String[] {"ar", "أُرِيدُ اسْتِرْدَادَ المَالِ لأنَّ الهاتف مكسور، والفاتورة مرفقة."});
    texts.add(new String[] {"fa", "کتاب‌های من هنوز نرسیده است، لطفاً پول را برگردانید."});
    texts.add(
        new String[] {"ru", "Мой заказ ещё не пришёл, верните деньги за повреждённые товары."});
    texts.add(new String[] {"uk", "Я хочу повернення грошей за рахунки."});
    texts.add(new String[] {"el", "Η παραγγελία μου δεν έφτασε, θέλω επιστροφή χρημάτων."});
    texts.add(new String[] {"th", "ฉันต้องการคืนเงินสำหรับหนังสือภาษาไทย"});
    texts.add(
        new String[] {"de", "Die Straße war gesperrt, die Bücher von Herrn Müller kamen zu spät."});
    texts.add(
        new String[] {"tr", "Isıtıcı bozuldu, siparişlerim için para iadesi istiyorum. IŞIK"});
    texts.add(new String[] {"fr", "L'installation a été annulée, je demande les remboursements."});
    texts.add(new String[] {"es", "Quiero las devoluciones de mi pedido, llegó roto el teléfono."});
    texts.add(
        new String[] {"pl", "Proszę o zwrot pieniędzy za fakturę, licznik był źle odczytany."});
    texts.add(new String[] {"he", "ההזמנה שלי לא הגיעה"});
    texts.add(new String[] {"ta", "எனது புத்தகங்கள் வரவில்லை"});
    texts.add(new String[] {"vi", "Tôi muốn hoàn tiền cho đơn đặt hàng"});
    for (int i = 0; i < texts.size(); i++) {
      String[] text = texts.get(i);
      index.add(
          chat(text[0], "c-1", MAY.plusSeconds(i), text[1]).toBuilder().language(text[0]).build());
    }
  }

  @AfterAll
  void close() {
    index.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cancel|en",
        "refunds|en",
        "বাংলাদেশ|bn",
        "অর্ডার|bn",
        "ফেরত|bn",
        "किताब|hi",
        "हिंदी|hi",
        "空港|ja",
        "国際空港|ja",
        "壊れる|ja",
        "壊れた|ja",
        "レンズの修理|ja",
        "退款|zh",
        "共和国|zh",
        "订单|zh",
        "환불|ko",
        "환불이|ko",
        "주문|ko",
        "استرداد|ar",
        "اِسْتِرْدَاد|ar",
        "فاتورة|ar",
        "کتاب|fa",
        "كتابها|fa",
        "заказы|ru",
        "товар|ru",
        "поврежденный|ru",
        "рахунок|uk",
        "επιστροφές|el",
        "ΕΠΙΣΤΡΟΦΗ|el",
        "คืนเงิน|th",
        "ภาษา|th",
        "strasse|de",
        "Straßen|de",
        "STRASSE|de",
        "Buch|de",
        "Bücher|de",
        "bucher|de",
        "Mueller|de",
        "Muller|de",
        "ISITICI|tr",
        "ısıtıcı|tr",
        "isitici|tr",
        "sipariş|tr",
        "siparis|tr",
        "ışık|tr",
        "installations|fr",
        "remboursement|fr",
        "annulee|fr",
        "devolución|es",
        "devolucion|es",
        "telefonos|es",
        "faktura|pl",
        "faktury|pl",
        "liczniki|pl",
        "הזמנה|",
        "ההזמנה|he",
        "புத்தகம்|ta",
        "hoan tien|vi",
        "đặt hàng|vi",
      })
  void search_wordInAnotherForm_findsItInItsLanguage(String query, String language) {
    SearchResult found =
        index.customer("c-1").search(SearchRequest.builder(query).relaxing(false).build());

    assertThat(found.hits().stream().map(Hit::id))
        .isEqualTo(language == null ? List.of() : List.of(language));
    assertThat(found.hits())
        .allSatisfy(hit -> assertThat(hit.passages().getFirst().highlights()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"国際空港で\"|ja|国際空港で",
        "レンズの修理|ja|レンズ",
        "\"bücher von herrn mueller\"|de|Bücher von Herrn Müller",
        "\"टाका\"||",
      })
  void search_phraseInAnyLanguage_isMarkedAsItStands(String query, String language, String marked) {
    SearchResult found =
        index.customer("c-1").search(SearchRequest.builder(query).relaxing(false).build());

    assertThat(found.hits().stream().map(Hit::id))
        .isEqualTo(language == null ? List.of() : List.of(language));
    if (marked != null) {
      Passage passage = found.hits().getFirst().passages().getFirst();
      Highlight first = passage.highlights().getFirst();
      assertThat(passage.text().substring(first.start(), first.end())).isEqualTo(marked);
    }
  }

  @Test
  void search_voicedKana_isAnotherLetter() {
    assertThat(index.customer("c-1").search("レンス").hits()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ko|고객만족|고객센터에 전화했어요|",
        "ko|서비스센터|고객센터에 전화했어요|",
        "ko|\"고객센터\"|고객이 불만이에요|",
        "ko|고객센터|고객이 센터에 전화했어요|",
        "ko|고객센터|고객센터에 전화했어요|고객센터에",
        "ko|\"고객센터에서\"|고객센터에 전화했어요|고객센터에",
        "ko|고객센터|어제 고객 센터에 전화했어요|고객 센터",
        "ko|센터|고객센터에 전화했어요|고객센터에",
        "ko|고객|고객센터에 전화했어요|고객센터에",
        "ko|먹어버렸어요|이미 먹었어요|먹었어요",
        "ko|환불이에요|환불을 요청했어요|환불을",
        "ja|洗衣機|コピー機が壊れた|",
        "ja|\"洗衣機\"|全自動洗濯機を買った|",
        "ja|洗濯機|全自動洗濯機を買った|洗濯機",
        "ja|機|全自動洗濯機を買った|機",
        "ja|せんたくき|昨日は何もしませんでした|",
        "ja|せんたくき|先週注文した商品です|",
        "ja|せんたくき|せんたくきが壊れた|せんたくき",
        "ja|注文しました|先週注文した商品です|注文",
        "ja|届きました|商品が届かない|届",
        "ja|カスタマーセンター|カスタマーサポートセンターに電話した|",
        "ja|カスタマーセンター|カスタマーセンターに電話した|カスタマーセンター",
        "zh|洗衣機|我买的洗衣机坏了|",
        "zh|洗衣机|我买的洗衣机坏了|洗衣机",
      })
  void search_compound_findsWhatHoldsAllOfIt(
      String language, String query, String text, String marked) {
    try (InteractionIndex one = InteractionIndex.builder().inMemory().open()) {
      one.add(chat("1", "c-1", MAY, text).toBuilder().language(language).build());

      SearchRequest whole = SearchRequest.builder(query).relaxing(false).build();
      List<Hit> hits = one.customer("c-1").search(whole).hits();
      assertThat(hits).hasSize(marked == null ? 0 : 1);
      assertThat(one.customer("c-1").search("-" + query).hits()).hasSize(1 - hits.size());
      if (marked != null) {
        Passage passage = hits.getFirst().passages().getFirst();
        Highlight first = passage.highlights().getFirst();
        assertThat(passage.text().substring(first.start(), first.end())).isEqualTo(marked);
      }
    }
  }

  private static boolean finds(String language, String query, String text) {
    try (InteractionIndex one = InteractionIndex.builder().inMemory().open()) {
      one.add(chat("1", "c-1", MAY, text).toBuilder().language(language).build());
      return !one.customer("c-1").search(query).hits().isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "es|pago|pagos",
        "es|casa|casas",
        "es|foto|fotos",
        "es|vale|vales",
        "es|niño|niños",
        "es|luz|luces",
        "es|factura|facturas",
        "it|pacco|pacchi",
        "it|conto|conti",
        "it|telefono|telefoni",
        "el|παραγγελία|παραγγελίες",
        "el|κιβώτιο|κιβώτια",
        "el|χρήμα|χρήματα",
        "pl|paczka|paczki",
        "pl|pieniądze|pieniędzy",
        "pl|faktura|faktury",
        "tr|makine|makinesi",
        "tr|fatura|faturasını",
        "tr|adres|adresi",
        "fr|travail|travaux",
        "de|Konto|Konten",
        "de|Firma|Firmen",
        "de|Foto|Fotos",
        "nl|huis|huizen",
        "nl|brief|brieven",
        "nl|foto|foto's",
        "sv|paket|paketet",
        "sv|månad|månader",
        "fi|tilaus|tilaukset",
        "fi|asiakas|asiakkaat",
        "te|పుస్తకం|పుస్తకాలు",
      })
  void search_everydayWord_findsItsOtherForm(String language, String one, String other) {
    assertThat(finds(language, one, other)).isTrue();
    assertThat(finds(language, other, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "es|vale|valor",
        "es|foto|fondo",
        "it|carta|cara",
        "it|prezzo|presso",
        "el|κάρτα|πακέτο",
        "pl|konto|kontakt",
        "tr|adres|aday",
        "tr|para|parti",
        "fr|travail|travers",
        "de|Konto|Kontakt",
        "de|Firma|Firmung",
        "nl|huis|huid",
        "nl|brief|briefing",
        "sv|kund|kung",
        "fi|tilaus|tili",
        "te|పుస్తకం|పుట్ట",
      })
  void search_everydayWord_doesNotFindOneThatLooksLikeIt(
      String language, String one, String other) {
    assertThat(finds(language, one, other)).isFalse();
    assertThat(finds(language, other, one)).isFalse();
  }

  @Test
  void search_misspeltGreekWord_isCorrectedToOneThatEndsInItsSigma() {
    try (InteractionIndex one = InteractionIndex.builder().inMemory().open()) {
      one.add(
          chat("1", "c-1", MAY, "Πού είναι ο λογαριασμός μου;").toBuilder().language("el").build());

      assertThat(one.customer("c-1").search("λογαριαζμός").didYouMean()).contains("λογαριασμος");
    }
  }

  @Test
  void search_wordsOfTwoLanguages_findsThemInOneInteraction() {
    try (InteractionIndex mixed = InteractionIndex.builder().inMemory().open()) {
      Interaction chat = chat("m", "c-1", MAY, "Meine Rechnungen stimmen nicht.");
      List<Turn> turns = new ArrayList<>(chat.turns());
      turns.set(0, turns.getFirst().toBuilder().language("de").build());
      turns.add(Turn.builder("kim").text("I want my invoices corrected").language("en").build());
      mixed.add(chat.toBuilder().turns(turns).build());

      assertThat(mixed.customer("c-1").search("rechnung invoice").hits()).hasSize(1);
      assertThat(mixed.customer("c-1").search("rechnung invoice").relaxed()).isFalse();
    }
  }
}
