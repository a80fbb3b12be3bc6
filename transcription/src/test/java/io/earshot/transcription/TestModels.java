package io.earshot.transcription;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Folders that look like Vosk models: each file begins as a real one does, and holds no more. */
final class TestModels {
  static final byte[] KALDI = {0, 'B', '<', 'N', 'n', 'e', 't', '3', '>', ' '};

  private static final String MODEL_CONF =
      "--frame-subsampling-factor=3\n--endpoint.silence-phones=1:2:3\n";

  private TestModels() {}

  /** What a model with a dynamic graph needs, and nothing beyond. */
  static void writeSmall(Path folder) throws IOException {
    write(folder, "am/final.mdl", KALDI);
    write(folder, "conf/mfcc.conf", "--use-energy=false\n");
    write(folder, "conf/model.conf", MODEL_CONF);
    write(folder, "graph/HCLr.fst", fst("const", 0, 3, 5));
    write(folder, "graph/Gr.fst", fst("vector", 0, 3, 5));
    write(folder, "graph/disambig_tid.int", "12\n13\n");
    write(folder, "graph/words.txt", "<eps> 0\nhello 1\n");
  }

  /** A static graph, i-vectors, and both ways of rescoring. */
  static void writeBig(Path folder) throws IOException {
    write(folder, "am/final.mdl", KALDI);
    write(folder, "conf/mfcc.conf", "--use-energy=false\n");
    write(folder, "conf/model.conf", MODEL_CONF);
    write(folder, "graph/HCLG.fst", fst("const", 0, 3, 5));
    write(folder, "graph/words.txt", "<eps> 0\nhello 1\n");
    write(folder, "graph/phones/word_boundary.int", "1 nonword\n2 begin\n");
    write(folder, "ivector/final.ie", KALDI);
    write(folder, "ivector/final.dubm", KALDI);
    write(folder, "ivector/final.mat", KALDI);
    write(folder, "ivector/global_cmvn.stats", " [\n  1 2 3 ]\n");
    write(folder, "ivector/splice.conf", "--left-context=3\n");
    write(folder, "ivector/online_cmvn.conf", "# nothing is set here\n");
    write(folder, "rescore/G.fst", fst("vector", 0, 3, 5));
    write(folder, "rescore/G.carpa", KALDI);
    write(folder, "rnnlm/final.raw", KALDI);
    write(folder, "rnnlm/feat_embedding.final.mat", KALDI);
    write(folder, "rnnlm/special_symbol_opts.conf", "--bos-symbol=1\n--eos-symbol=2\n");
    write(folder, "rnnlm/word_feats.txt", "0\n1\t0,1.5 7,0.25\n");
  }

  /** A speaker model. */
  static void writeSpeaker(Path folder) throws IOException {
    write(folder, "mfcc.conf", "--sample-frequency=16000\n");
    write(folder, "final.ext.raw", KALDI);
    write(folder, "mean.vec", " [ 1 2 3 ]\n");
    write(folder, "transform.mat", KALDI);
  }

  /** An OpenFst file of that type, whose states and arcs are all zero. */
  static byte[] fst(String type, int flags, long states, long arcs) {
    int bytesOfState = type.equals("const") ? 20 : 12;
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    byte[] arc = "standard".getBytes(StandardCharsets.US_ASCII);
    int header = 4 + 4 + name.length + 4 + arc.length + 4 + 4 + 4 * 8;
    ByteBuffer bytes =
        ByteBuffer.allocate(header + (int) (states * bytesOfState + arcs * 16))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(2125659606).putInt(name.length).put(name).putInt(arc.length).put(arc);
    bytes.putInt(2).putInt(flags).putLong(0).putLong(0).putLong(states).putLong(arcs);
    return bytes.array();
  }

  static void write(Path folder, String name, String text) throws IOException {
    write(folder, name, text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** A folder with everything in it. */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : walk(from)) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }

  /** The folder zipped, below that name, as Vosk's models are. */
  static byte[] zip(Path folder, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path file : walk(folder)) {
        String entry = name + "/" + folder.relativize(file).toString().replace('\\', '/');
        if (Files.isRegularFile(file)) {
          zip.putNextEntry(new ZipEntry(entry));
          Files.copy(file, zip);
        } else {
          zip.putNextEntry(new ZipEntry(entry.endsWith("/") ? entry : entry + "/"));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }
}
