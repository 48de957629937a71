import com.adobe.epubcheck.tool.EpubChecker;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs epubcheck over pairs of arguments, an EPUB and the JSON report to write, in one process. */
public class EpubcheckDriver {
    public static void main(String[] arguments) {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String[] options = {arguments[i], "--json", arguments[i + 1], "--locale", "en", "--quiet"};
            new EpubChecker().run(options); // its result only says that there are errors
            if (!Files.exists(Path.of(arguments[i + 1]))) {
                System.err.println("no report on " + arguments[i]);
                System.exit(2);
            }
        }
    }
}
