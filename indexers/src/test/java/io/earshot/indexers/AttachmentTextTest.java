package io.earshot.indexers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.Attachment;
import io.earshot.Interaction;
import io.earshot.indexers.MailTesting.Collected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Checks {@link AttachmentText} with real files, and with Tika's parser that misbehaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttachmentTextTest {
  private static final String MOCK = "application/mock+xml";

  private AttachmentText texts = AttachmentText.withDefaults();

  @BeforeAll
  void start() {
    texts.close();
    texts = AttachmentText.builder().timeout(Duration.ofSeconds(60)).processes(1).build();
  }

  @AfterAll
  void stop() {
    texts.close();
  }

  @Test
  void read_pdfAttached_itsWordsAreTheAttachments(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("mail.eml"), mail("form.pdf", "application/pdf", pdf()));

    Collected collected = MailTesting.read(new EmailReader(texts), file);

    Attachment attachment = collected.only().attachments().get(0);
    assertThat(attachment.name()).isEqualTo("form.pdf");
    assertThat(attachment.text().orElse("")).contains("Warranty claim 4512");
    assertThat(collected.warnings).isEmpty();
  }

  @Test
  void read_pdfWithoutAnExtractor_nameAndSizeOnly(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("mail.eml"), mail("form.pdf", "application/pdf", pdf()));

    Attachment attachment = MailTesting.read(new EmailReader(), file).only().attachments().get(0);

    assertThat(attachment.size()).hasValue(pdf().length);
    assertThat(attachment.text()).isEmpty();
  }

  @Test
  void emailReaderRead_pdfAttached_itsWordsAreThere(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("mail.eml"), mail("form.pdf", "application/pdf", pdf()));

    Interaction mail = EmailReader.read(file);

    assertThat(mail.attachments().get(0).text().orElse("")).contains("Warranty claim 4512");
  }

  @Test
  void text_zipOfTexts_wordsOfTheFilesInIt() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("note.txt"));
      zip.write("kettle inside".getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> words = text(texts, "notes.zip", "application/zip", bytes.toByteArray());

    assertThat(words.orElse("")).contains("kettle inside");
  }

  @Test
  void text_parserHangs_isEndedAndTheNextFileIsRead(@TempDir Path folder) throws IOException {
    byte[] hang =
        mock(
            "<hang millis=\"600000\" heavy=\"false\" pulse_millis=\"1000\" interruptible=\"false\"/>");
    List<String> warnings = new ArrayList<>();

    try (AttachmentText impatient =
        AttachmentText.builder().timeout(Duration.ofSeconds(4)).processes(1).build()) {
      Path file = Files.writeString(folder.resolve("mail.eml"), mail("x.xml", MOCK, hang));
      Collected collected = MailTesting.read(new EmailReader(impatient), file);
      warnings.addAll(collected.warnings);
      assertThat(collected.only().turns().get(0).text()).isEqualTo("see attachment");
      assertThat(collected.only().attachments().get(0).text()).isEmpty();

      assertThat(text(impatient, "x.xml", MOCK, mock("<write element=\"p\">after</write>")))
          .hasValueSatisfying(words -> assertThat(words).contains("after"));
    }

    assertThat(warnings)
        .singleElement()
        .asString()
        .isEqualTo("an attachment's text is missing: reading it took longer than PT4S");
  }

  @Test
  void text_parserExhaustsTheHeap_onlyItsWordsAreMissing() {
    List<String> warnings = new ArrayList<>();
    byte[] bomb = mock("<oom/>");

    Optional<String> words = texts.text(bomb, "x.xml", MOCK, warnings::add);

    assertThat(words).isEmpty();
    assertThat(warnings).singleElement().asString().contains("ended the process");
    assertThat(text(texts, "x.xml", MOCK, mock("<write element=\"p\">after</write>")).orElse(""))
        .contains("after");
  }

  @Test
  void text_parserEndsTheProcess_onlyItsWordsAreMissing() {
    List<String> warnings = new ArrayList<>();

    Optional<String> words = texts.text(mock("<system_exit/>"), "x.xml", MOCK, warnings::add);

    assertThat(words).isEmpty();
    assertThat(warnings).singleElement().asString().contains("ended the process");
  }

  @Test
  void text_parserThrows_saysSoWithoutTheFilesWords() {
    List<String> warnings = new ArrayList<>();
    byte[] broken = mock("<throw class=\"java.lang.IllegalStateException\">secret words</throw>");

    Optional<String> words = texts.text(broken, "x.xml", MOCK, warnings::add);

    assertThat(words).isEmpty();
    assertThat(warnings)
        .containsExactly(
            "an attachment's text is missing: it cannot be read (IllegalStateException)");
  }

  @Test
  void text_parserPrints_answersStayWhole() {
    byte[] chatty = mock("<print_out>noise noise</print_out><write element=\"p\">signal</write>");

    assertThat(text(texts, "x.xml", MOCK, chatty).orElse("").strip()).isEqualTo("signal");
  }

  @Test
  void text_moreWordsThanTheLimit_isCutWithAWarning() {
    List<String> warnings = new ArrayList<>();
    byte[] endless =
        mock("<write element=\"p\" times=\"20\">" + "hello world ".repeat(10_000) + "</write>");

    Optional<String> words = texts.text(endless, "x.xml", MOCK, warnings::add);

    assertThat(words.orElse("")).hasSizeBetween(900_000, 1_000_000);
    assertThat(warnings).singleElement().asString().contains("the rest is left out");
  }

  @Test
  void close_twice_isHarmlessAndUseAfterwardsSaysSo() {
    AttachmentText closed = AttachmentText.withDefaults();

    closed.close();
    closed.close();

    assertThatThrownBy(() -> text(closed, "x.pdf", "application/pdf", pdf()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this AttachmentText is closed");
  }

  @Test
  void builder_impossibleLimits_areRefused() {
    assertThatThrownBy(() -> AttachmentText.builder().timeout(Duration.ZERO))
        .hasMessageContaining("timeout must be positive");
    assertThatThrownBy(() -> AttachmentText.builder().heapBytes(1))
        .hasMessageContaining("at least 32 MB");
    assertThatThrownBy(() -> AttachmentText.builder().processes(0))
        .hasMessageContaining("at least 1");
  }

  private static Optional<String> text(
      AttachmentText texts, String name, String mediaType, byte[] content) {
    return texts.text(content, name, mediaType, warning -> {});
  }

  private static byte[] mock(String actions) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><mock>" + actions + "</mock>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String mail(String name, String mediaType, byte[] content) {
    return "From: a@example.com\nDate: Tue, 3 Mar 2026 10:00:00 +0000\nSubject: x\n"
        + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee attachment\n--b\nContent-Type: "
        + mediaType
        + "; name="
        + name
        + "\nContent-Transfer-Encoding: base64\n\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\n--b--\n";
  }

  /** The smallest PDF that shows a line of text. */
  private static byte[] pdf() {
    String stream = "BT /F1 12 Tf 72 720 Td (Warranty claim 4512) Tj ET";
    List<String> objects =
        List.of(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                + "/Resources<</Font<</F1 5 0 R>>>>>>",
            "<</Length " + stream.length() + ">>stream\n" + stream + "\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    StringBuilder table = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      table.append("%010d 00000 n \n".formatted(pdf.length()));
      pdf.append(i + 1).append(" 0 obj").append(objects.get(i)).append("endobj\n");
    }
    int xref = pdf.length();
    pdf.append("xref\n0 6\n").append(table).append("trailer<</Size 6/Root 1 0 R>>\nstartxref\n");
    return pdf.append(xref).append("\n%%EOF\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
