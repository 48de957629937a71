import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Validates PDFs against flavours ("ua1,3a") and prints lines of tab-separated fields:
 *
 *   RULE    flavour  file  clause  test number  count  message  context of the first failure
 *   ERROR   flavour  file  what kept the file from being read
 *   RESULT  flavour  file  number of checks      (always the last line of a file)
 */
public class VeraDriver {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final int FAILURES_KEPT = 10_000;

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (String id : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
            ValidationProfile profile = profile(flavour);
            for (int i = 1; i < arguments.length; i++) {
                validate(arguments[i], flavour, profile);
            }
        }
    }

    /** The profiles lie in the engine's jar as files, one a flavour. */
    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String id = flavour.getId().toUpperCase();
        String name = id.startsWith("UA") ? "PDFUA-" + id.substring(2) : "PDFA-" + id;
        String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
        try (InputStream xml = VeraDriver.class.getResourceAsStream(path)) {
            if (xml == null) {
                throw new IllegalArgumentException("the engine has no profile " + name);
            }
            return Profiles.profileFromXml(xml);
        }
    }

    private static void validate(String file, PDFAFlavour flavour, ValidationProfile profile) {
        int checks = 0;
        try (InputStream pdf = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(pdf, flavour);
                PDFAValidator validator = Foundries.defaultInstance()
                        .createValidator(profile, FAILURES_KEPT, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            checks = result.getTotalAssertions();
            printFailures(flavour.getId(), file, result);
        } catch (Exception error) {
            print("ERROR", flavour.getId(), file, String.valueOf(error));
        }
        print("RESULT", flavour.getId(), file, Integer.toString(checks));
    }

    private static void printFailures(String flavour, String file, ValidationResult result) {
        Map<String, TestAssertion> first = new TreeMap<>();
        Map<String, Integer> count = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause()
                        + "\t" + assertion.getRuleId().getTestNumber();
                first.putIfAbsent(rule, assertion);
                count.merge(rule, 1, Integer::sum);
            }
        }
        if (first.isEmpty() && !result.isCompliant()) {
            print("ERROR", flavour, file, "not compliant, but no failed rule was named");
        }
        for (Map.Entry<String, TestAssertion> entry : first.entrySet()) {
            String[] rule = entry.getKey().split("\t");
            TestAssertion assertion = entry.getValue();
            print("RULE", flavour, file, rule[0], rule[1], count.get(entry.getKey()).toString(),
                    String.valueOf(assertion.getMessage()),
                    String.valueOf(assertion.getLocation().getContext()));
        }
    }

    private static void print(String... fields) {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].replaceAll("[\\t\\r\\n]+", " ");
        }
        OUT.println(String.join("\t", fields));
    }
}
