import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Prints the text that PDFBox finds in each file: one line a file, in base64 of UTF-8. */
class TextDriver {
    public static void main(String[] paths) throws Exception {
        for (String path : paths) {
            try (PDDocument document = PDDocument.load(new File(path))) {
                byte[] text = new PDFTextStripper().getText(document).getBytes(StandardCharsets.UTF_8);
                System.out.println(Base64.getEncoder().encodeToString(text));
            }
        }
    }
}
