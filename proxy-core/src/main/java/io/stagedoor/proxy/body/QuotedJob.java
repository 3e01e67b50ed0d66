package io.stagedoor.proxy.body;

import java.io.StringReader;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The id of a Tableau job in an answer that another system kept: its JSON shows the id as it is, its
 * XML ({@code tsResponse}) stays a text, as a web activity's output does.
 */
final class QuotedJob {

    private static final XMLInputFactory XML = factory();

    private QuotedJob() {}

    /** Returns the id of the first job of a document; a text that is no document as it is. */
    static String idIn(String text) {
        if (!text.stripLeading().startsWith("<")) {
            return text;
        }
        try {
            return firstJob(XML.createXMLStreamReader(new StringReader(text.strip()))).orElse("");
        } catch (XMLStreamException _) {
            return "";
        }
    }

    private static Optional<String> firstJob(XMLStreamReader document) throws XMLStreamException {
        while (document.hasNext()) {
            boolean isJob =
                    document.next() == XMLStreamReader.START_ELEMENT
                            && document.getLocalName().equals("job");
            if (isJob) {
                return Optional.ofNullable(document.getAttributeValue(null, "id"));
            }
        }
        return Optional.empty();
    }

    /** No document type, no entity and nothing from outside. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
