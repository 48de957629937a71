import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.ValidationResult.ValidationError;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Prints what PDFBox Preflight has against each file as PDF/A-1b: path, code and words, by tabs. */
class PreflightDriver {
    public static void main(String[] paths) throws Exception {
        for (String path : paths) {
            for (ValidationError error : result(path).getErrorsList()) {
                System.out.println(path + "\t" + error.getErrorCode() + "\t"
                    + error.getDetails().replaceAll("\\s+", " "));
            }
            System.out.println("JUDGED\t" + path);
        }
    }

    private static ValidationResult result(String path) throws Exception {
        PreflightParser parser = new PreflightParser(new File(path));
        try {
            parser.parse();
            try (PreflightDocument document = parser.getPreflightDocument()) {
                document.validate();
                return document.getResult();
            }
        } catch (SyntaxValidationException error) {
            return error.getResult();
        }
    }
}
