package io.earshot.indexers.internal.attachments;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.tika.config.ServiceLoader;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.extractor.ParsingEmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.DefaultParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.external.CompositeExternalParser;
import org.apache.tika.parser.ocr.TesseractOCRParser;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * The program that runs Tika: hostile files may hang, exhaust or end this process and no other.
 *
 * <p>Requests and answers are frames on the standard streams, in the form of {@link
 * java.io.DataOutput}. It begins with the int {@link #HELLO}. A request is a name, a media type,
 * the most characters wanted and the file (its length as an int, its bytes); an answer is a status
 * byte, the length of a UTF-8 text as an int, and that text: what went wrong for {@link #FAILED},
 * else the words. {@link #CUT} says that there are more than wanted, {@link #PARTIAL} that the file
 * broke off. The process ends when its input does, also in the middle of a file, so that it never
 * outlives its parent.
 */
public final class AttachmentWorker {
  static final int HELLO = 0x4541_5231;
  static final byte OK = 0;
  static final byte CUT = 1;
  static final byte FAILED = 2;
  static final byte PARTIAL = 3;

  private static final int MAX_EMBEDDED_FILES = 1_000;

  private final Parser parser;

  private AttachmentWorker() {
    ServiceLoader loader = new ServiceLoader(AttachmentWorker.class.getClassLoader());
    MediaTypeRegistry registry = MediaTypeRegistry.getDefaultRegistry();
    // These start programs of the host's, which no limit of ours would hold.
    parser =
        new AutoDetectParser(
            new DefaultDetector(),
            new DefaultParser(
                registry,
                loader,
                List.of(TesseractOCRParser.class, CompositeExternalParser.class)));
  }

  /**
   * Answers requests until the standard input ends.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws Exception {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    // Whatever a parser prints must not get among the answers.
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    System.setIn(InputStream.nullInputStream());
    BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> readRequests(in, requests), "requests");
    reader.setDaemon(true);
    reader.start();
    AttachmentWorker worker = new AttachmentWorker();
    out.writeInt(HELLO);
    out.flush();
    while (true) {
      worker.answer(requests.take(), out);
    }
  }

  private static void readRequests(DataInputStream in, BlockingQueue<Request> requests) {
    try {
      while (true) {
        String name = in.readUTF();
        String mediaType = in.readUTF();
        int maxChars = in.readInt();
        byte[] content = in.readNBytes(in.readInt());
        requests.add(new Request(name, mediaType, maxChars, content));
      }
    } catch (IOException | OutOfMemoryError e) {
      // The parent is gone or wants this to end, or sent more than this process may hold.
      Runtime.getRuntime().halt(e instanceof IOException ? 0 : 3);
    }
  }

  private void answer(Request request, DataOutputStream out) throws IOException {
    WriteOutContentHandler words = new WriteOutContentHandler(request.maxChars());
    byte status = OK;
    String problem = "";
    try {
      parse(request, new BodyContentHandler(words));
    } catch (EncryptedDocumentException e) {
      status = FAILED;
      problem = "it is encrypted";
    } catch (IOException | SAXException | TikaException | RuntimeException | StackOverflowError e) {
      boolean cut = WriteLimitReachedException.isWriteLimitReached(e);
      status = cut ? CUT : words.toString().isBlank() ? FAILED : PARTIAL;
      // Messages of exceptions quote the file; their class does not.
      problem = cut ? "" : root(e).getClass().getSimpleName();
    }
    byte[] text = (status == FAILED ? problem : words.toString()).getBytes(StandardCharsets.UTF_8);
    out.writeByte(status);
    out.writeInt(text.length);
    out.write(text);
    out.flush();
  }

  private void parse(Request request, ContentHandler handler)
      throws IOException, SAXException, TikaException {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, request.name());
    if (!request.mediaType().equals("application/octet-stream")) {
      metadata.set(Metadata.CONTENT_TYPE, request.mediaType());
    }
    ParseContext context = new ParseContext();
    context.set(Parser.class, parser);
    context.set(EmbeddedDocumentExtractor.class, new FewEmbedded(context));
    parser.parse(new ByteArrayInputStream(request.content()), handler, metadata, context);
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    for (int i = 0; i < 20 && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root;
  }

  // Handed from one thread to the other and never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Request(String name, String mediaType, int maxChars, byte[] content) {}

  /** Archives and documents may hold files without number; by default Tika reads them all. */
  private static final class FewEmbedded extends ParsingEmbeddedDocumentExtractor {
    private int files;

    FewEmbedded(ParseContext context) {
      super(context);
    }

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
      return files++ < MAX_EMBEDDED_FILES && super.shouldParseEmbedded(metadata);
    }
  }
}
