// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Calendar;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.ExternalSigningSupport;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;

/**
 * What PDFBox takes to sign a document by its incremental saving: PdfBoxSign IN OUT. The signature is made outside, as for
 * a key of one's own, and is a bare RSA value: a CMS message around it would cost nothing beside reading the file.
 */
public final class PdfBoxSign {
  public static void main(String[] arguments) throws Exception {
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initSign(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
    try (PDDocument document = PDDocument.load(new File(arguments[0]));
        FileOutputStream out = new FileOutputStream(arguments[1])) {
      PDSignature signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
      signature.setSignDate(Calendar.getInstance());
      document.addSignature(signature);
      ExternalSigningSupport signing = document.saveIncrementalForExternalSigning(out);
      byte[] part = new byte[65536];
      try (InputStream content = signing.getContent()) {
        for (int count = content.read(part); count > 0; count = content.read(part)) rsa.update(part, 0, count);
      }
      signing.setSignature(rsa.sign());
    }
  }
}
