package io.earshot.internal;

/**
 * What languages are told by, beside Lucene's lists of function words and those of {@link
 * EverydayWords}: function words of languages that have no list there, and what is written to and
 * by companies.
 */
final class FunctionWords {
  /** Lines of a language's code and its words. */
  static final String LISTS =
      """
      pl i w na z do że się jest nie to co jak po ale dla czy od ma mam za o tak był była było być są
      pl tylko już jeszcze przez ten ta te tego tej tym mi mnie mój moja moje moim mojego mojej jego jej
      pl ich nas nam ja ty pan pani pana panią państwo państwa który która które gdzie kiedy dlaczego bo
      pl więc albo lub oraz też także może mogę można chcę chciałbym chciałabym proszę dziękuję dzień
      pl dobry witam cześć pozdrawiam dziękujemy prosimy będzie przy pod nad bez został została zostało
      pl jestem mamy
      nl hallo goedemorgen goedemiddag goedenavond beste geachte bedankt dank alsjeblieft alstublieft
      nl graag groeten vriendelijke groet mevrouw heer vraag bestelling jullie jouw mijn onze hoi oké gaat
      nl krijg kreeg sorry kunt kun helpen
      it ciao buongiorno buonasera salve grazie prego cordiali saluti gentile signore signora ordine
      it vorrei posso puo può potete sono ancora perché perche cosa quando molto anche però pero favore
      pt olá ola bom boa dia tarde noite obrigado obrigada atenciosamente cumprimentos prezado prezada
      pt senhor senhora pedido gostaria posso pode você voce vocês ainda porque quando onde muito também
      pt tambem favor
      sv hej god morgon kväll tack snälla vänliga hälsningar vänligen mvh beställning skulle vilja varför
      sv också fortfarande snart ni er ert era
      da hej god morgen dag aften tak venlig hilsen mvh bestilling gerne hvorfor også stadig venligst kære
      da jeres
      no hei god morgen dag kveld takk vennlig hilsen mvh bestilling gjerne hvorfor også fortsatt
      no vennligst kjære deres ikkje eg
      fi hei moi terve hyvää huomenta päivää iltaa kiitos ystävällisin terveisin tilaus haluaisin miksi
      fi myös vielä voisitteko missä milloin haluan haluamme takaisin pian mahdollisimman rahani rahat minun
      fi minulta minulle teille teiltä meille saanut tullut ollut ollaan voiko voisiko saako saanko pitää
      fi täytyy tarvitsen odottanut maksanut tilannut kertaa viikkoa viikon päivän kaksi kolme sitten
      fi edelleen enää ihan jälkeen ennen asiaa asian jonka johon siitä siihen mutta koska rikki lasku
      fi laskun paketti tilaukseni tuote toimi toimii apua
      cs dobrý den ahoj děkuji děkuju díky prosím pozdravem objednávka objednávku chtěl chtěla bych proč
      cs kdy kde ještě také pane paní vážený vážená je jsem jsme na v s z k o u
      hu szia üdv jó napot reggelt estét köszönöm köszi kérem üdvözlettel tisztelt rendelés szeretnék
      hu szeretném miért mikor hol még
      ro bună buna ziua seara salut mulțumesc multumesc rog stimă stimate comanda aș vrea doresc când unde
      ro încă
      tr merhaba günaydın iyi günler akşamlar selam teşekkürler teşekkür ederim lütfen rica saygılarımla
      tr sayın sipariş siparişim istiyorum nerede zaman hâlâ var yok mi mı bir
      id halo hai selamat pagi siang sore malam terima kasih tolong mohon salam pesanan saya ingin kenapa
      id kapan dimana belum
      ca hola bon dia bona tarda gràcies salutacions si us plau comanda voldria encara quan
      gl ola bos días boas tardes grazas saúdos pedido
      et tere hommikust päevast õhtust aitäh tänan palun lugupidamisega tellimus sooviksin miks millal kus
      et veel
      lt labas laba diena rytas vakaras ačiū prašau pagarbiai užsakymas norėčiau kodėl kada kur dar
      lv labdien sveiki labrīt labvakar paldies lūdzu cieņā pasūtījums vēlos kāpēc kad kur vēl
      ga dia duit maidin mhaith tráthnóna maith agat go raibh le meas ordú
      eu kaixo egun on arratsalde gabon eskerrik asko mesedez agur eskaera nire zure gure dago daude dut
      eu ditut dute dira naiz zait zaizkit didate didazue ditzakezu dezakezu nuke nahiko behar daukat
      eu dirua aldiz oraindik lehenbailehen itzultzea itzuli iritsi okerra oker egin zergatik noiz hiru aste
      eu astea hilabete baina
      vi xin chào cảm ơn vui lòng tôi của không và là cho được với này một có đã bạn anh chị em đơn hàng
      vi các
      ru здравствуйте привет добрый день вечер утро спасибо пожалуйста уважением заказ мой моя мои хочу
      ru почему где когда еще
      uk і в на з до що це не як я ви ми він вона вони але чи або та для від за по про так вже ще мій моя
      uk моє мені мене мною вас вам ваш ваша нас нам будь ласка дякую добрий день вітаю привіт хочу можна
      uk може де коли чому який яка яке які був була було були є бути цей ця через замовлення повагою його
      uk її їх
      bg здравейте здрасти добър ден вечер благодаря моля поздрави поръчка искам защо кога къде още
      sr zdravo dobar dan hvala molim pozdrav porudžbina narudžba želim zašto kada gde gdje je su sam smo
      sr ste i u na da se za od sa ne nije šta što kako ali ili to ovo koji koja koje moj moja moje mi me
      sr vas vam nas nam bi biti bio bila već još samo kao iz po do
      sr здраво добар дан хвала молим поздрав поруџбина наруџба желим зашто када где гдје је су сам смо
      sr сте и у на да се за од са не није шта што како али или то ово који која које мој моја моје ми
      sr ме вас вам нас нам би бити био била већ још само као из по до
      sk a je na sa v to že nie som sme ste pre čo ako ale alebo od do po pri už ešte môj moja moje mi ma
      sk vás vám nás nám dobrý deň ďakujem prosím kedy kde prečo ktorý ktorá ktoré bol bola bolo byť môže
      sk chcem pozdravom objednávka aj len
      sl in je na se v da za ni so ki pa od do z s po kaj kako ali ne to sem smo ste bi bil bila bilo biti
      sl že še samo moj moja moje mi me vas vam nas nam pozdravljeni hvala prosim lep dan zakaj kdaj kje
      sl kateri katera naročilo
      af die en is nie van vir ek jy ons hulle het wat met om te sal kan moet my jou sy haar asseblief
      af dankie goeie môre hierdie wees was nog ook maar as aan op uit deur baie geen word
      is og að er ekki í á það sem til um við með fyrir ég þú hann hún þetta eru var en af ef ekkert hvar
      is takk góðan daginn vinsamlegast
      hi मुझे मेरा मेरी मेरे चाहिए हूँ हूं आपका आपकी आपके कृपया वापस खराब पैसे नहीं है हैं अभी करें
      mr आहे आणि नाही मी तुम्ही हे मला आपण होते केले काय माझी माझे माझा तुमच्या साठी आहेत होता करा आम्ही
      yi איך איז און די דער נישט מיט פון צו דאס דאָס איר ער זי מיר האט וואס אין אויף
      yi וויל האב נאך אבער ווען ווייל זענען געווען קען היינט שוין געלט צוריק מיין אייער ביטע דאנק מען זיי
      yi אונדז אלץ קיין דעם וועט האבן האט ביי אזוי
      he של את לא אני זה על עם כי מה הוא היא יש אין לי גם כבר עוד שלי בבקשה תודה שלום איך למה מתי אבל או
      he אם
      be і ў не на з што як я мы вы ён яна гэта але для да ад па за так ужо яшчэ мой мая мне вас калі
      be ласка дзякуй добры дзень
      mk и во на не да се со за од ќе што како јас ние вие тој таа ова но или мој моја сум сте ве ми
      mk благодарам здраво ден
      ur ہے میں کی کے کا کو سے نہیں اور یہ ہیں پر نے ہوں آپ میرا میری کیا
      """;

  /** Lines of letters and the languages that they are usual in, among those of their script. */
  static final String LETTERS =
      """
      ß de
      ä de sv fi et sk
      ö de sv fi et hu tr is
      ü de et hu tr
      å sv da no
      ø da no
      æ da no is
      ñ es gl eu
      ã pt
      õ pt et
      ç fr pt ca tr
      ğı tr
      ş tr ro
      șțţ ro
      ă ro vi
      â ro fr pt vi
      î ro fr
      ê fr pt vi
      è fr it ca
      à fr it ca pt
      ù fr it
      ò it ca
      ì it
      ï fr ca nl
      ë nl fr
      œû fr
      őű hu
      á es pt hu cs sk ga is gl vi
      é es pt hu cs sk ga fr is gl vi ca it
      í es pt hu cs sk ga is gl ca
      ó es pt hu pl ga is gl ca sk
      ú es pt hu cs sk ga is gl
      ý cs sk is
      řěů cs
      č cs sk sl lt lv sr
      šž cs sk sl lt lv et sr
      łżźśń pl
      ć pl sr
      ąę pl lt
      ėįų lt
      ū lt lv
      āēīģķļņ lv
      đ sr vi
      ľĺŕ sk
      ďťň cs sk
      ô sk fr pt vi
      ơư vi
      ðþ is
      ¿¡ es
      їєґ uk
      і uk be kk
      ыэё ru be kk
      и ru uk bg sr mk kk
      ъ bg
      ђћ sr
      љњџ sr mk
      щйюя ru uk bg
      ь ru uk
      ў be
      ѓќѕ mk
      ј sr mk
      қғүұәһң kk
      چپژگ fa ckb ur
      کی fa ckb ur
      ةىكيأإؤ ar
      ۆێەڕڵڤ ckb
      ٹڈڑںےہھ ur
      ळ mr
      װױײ yi
      """;

  private FunctionWords() {}
}
