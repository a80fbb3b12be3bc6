package io.earshot.transcription;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where speech models lie, each in a folder of its name.
 *
 * <pre>{@code
 * Path model = ModelStore.standard().resolve("vosk-model-small-en-us-0.15");
 * try (Transcriber transcriber = VoskTranscriber.open(model)) { ... }
 * }</pre>
 *
 * <p>Immutable; other processes may use the same folder at the same time.
 */
public final class ModelStore {
  /** The list of models that Vosk publishes, which is where they are downloaded from. */
  public static final String VOSK_LIST = "https://alphacephei.com/vosk/models/model-list.json";

  /** The environment variable that says which model to use where none is named. */
  private static final String MODEL_VARIABLE = "EARSHOT_MODEL";

  /** No separators, nothing hidden, and nothing that a download calls its own files. */
  private static final Pattern NAME =
      Pattern.compile("(?!.*\\.(part|json|new)$)[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

  private final Path folder;
  private final Map<String, String> environment;

  private ModelStore(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /**
   * The user's own: {@code ~/.cache/earshot/models}. If {@code XDG_CACHE_HOME} is set to an
   * absolute path, {@code earshot/models} in that folder; on Windows, {@code earshot\models} in
   * {@code LOCALAPPDATA}.
   */
  public static ModelStore standard() {
    return standard(
        System.getenv(),
        Path.of(System.getProperty("user.home", "")),
        System.getProperty("os.name", "").startsWith("Windows"));
  }

  static ModelStore standard(Map<String, String> environment, Path home, boolean windows) {
    Path cache =
        absolute(environment.get("XDG_CACHE_HOME"))
            .or(() -> windows ? absolute(environment.get("LOCALAPPDATA")) : Optional.empty())
            .orElse(home.resolve(".cache"));
    return new ModelStore(cache.resolve("earshot").resolve("models"), environment);
  }

  /** In that folder, which need not be there yet. */
  public static ModelStore at(Path folder) {
    return new ModelStore(requireNonNull(folder, "folder"), System.getenv());
  }

  private static Optional<Path> absolute(@Nullable String value) {
    return path(value == null ? "" : value).filter(Path::isAbsolute);
  }

  /** The folder that the models' folders lie in. */
  public Path folder() {
    return folder;
  }

  /**
   * The folder of a model: an existing folder as it is given, else that of the model of that name
   * in this store. What is in it is checked by whoever opens it.
   *
   * @throws SpeechModelException if there is neither; says what to run to get the model
   */
  public Path resolve(String nameOrFolder) throws SpeechModelException {
    requireNonNull(nameOrFolder, "nameOrFolder");
    return resolve(nameOrFolder, nameOrFolder);
  }

  /**
   * The folder of the model that the environment variable {@code EARSHOT_MODEL} names, as {@link
   * #resolve} finds it; none if it is not set or blank.
   *
   * @throws SpeechModelException if it is set to what is neither a folder nor a model's name
   */
  public Optional<Path> configured() throws SpeechModelException {
    String value = environment.getOrDefault(MODEL_VARIABLE, "");
    return value.isBlank()
        ? Optional.empty()
        : Optional.of(resolve(value, value + " (" + MODEL_VARIABLE + ")"));
  }

  private Path resolve(String nameOrFolder, String shown) throws SpeechModelException {
    Optional<Path> given = path(nameOrFolder).filter(Files::exists);
    if (given.isPresent()) {
      return given.get();
    }
    if (!isName(nameOrFolder)) {
      throw new SpeechModelException(
          "EARSHOT-220: there is no speech model "
              + shown
              + ": no such folder is there; give a model's folder, or a name that earshot models"
              + " list shows.");
    }
    Path named = folder.resolve(nameOrFolder);
    if (!Files.isDirectory(named)) {
      throw new SpeechModelException(
          "EARSHOT-220: there is no speech model "
              + shown
              + ": neither a folder of that name here nor "
              + named
              + ". Get it with: earshot models download "
              + nameOrFolder);
    }
    return named;
  }

  /** A model of this store, sound or not; none if it has no model of that name. */
  public Optional<InstalledModel> find(String name) throws IOException {
    requireNonNull(name, "name");
    return isName(name) && Files.isDirectory(folder.resolve(name))
        ? Optional.of(installed(folder.resolve(name)))
        : Optional.empty();
  }

  /** The models of this store by name, sound or not. */
  public List<InstalledModel> installed() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<InstalledModel> models = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path model : folders.filter(Files::isDirectory).sorted().toList()) {
        if (isName(model.getFileName().toString())) {
          models.add(installed(model));
        }
      }
    }
    return List.copyOf(models);
  }

  private InstalledModel installed(Path model) throws IOException {
    String name = model.getFileName().toString();
    boolean speaker = SpeakerModelFolder.isMeant(model);
    return new InstalledModel(
        name, model, speaker, size(model), ModelOrigin.read(note(name)), problem(model, speaker));
  }

  /**
   * A download of a model into this store; {@link ModelDownload#run()} begins it.
   *
   * @param model its name in the list of models
   */
  public ModelDownload download(String model) {
    return new ModelDownload(this, model, environment);
  }

  /**
   * The models that can be downloaded, as the list says that the environment variable {@code
   * EARSHOT_MODELS_URL} names, else {@link #VOSK_LIST}.
   *
   * @throws SpeechModelException if it cannot be read
   */
  public List<AvailableModel> available() throws IOException {
    return download("MODEL").available();
  }

  /**
   * Likewise, as another list says.
   *
   * @param list as {@link ModelDownload#from} takes it
   */
  public List<AvailableModel> available(String list) throws IOException {
    return download("MODEL").from(list).available();
  }

  private static Optional<String> problem(Path model, boolean speaker) throws IOException {
    try {
      check(model, speaker);
      return Optional.empty();
    } catch (SpeechModelException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** As that of words or that of voices, whichever it means to be. */
  static void check(Path model) throws IOException {
    check(model, SpeakerModelFolder.isMeant(model));
  }

  private static void check(Path model, boolean speaker) throws IOException {
    if (speaker) {
      SpeakerModelFolder.check(model);
    } else {
      ModelFolder.check(model);
    }
  }

  private static long size(Path model) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        model.toRealPath(), // the model may lie elsewhere, with a link to it here
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  /** The note of a model's download, which stays when the model goes. */
  Path note(String name) {
    return folder.resolve(name + ".json");
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
