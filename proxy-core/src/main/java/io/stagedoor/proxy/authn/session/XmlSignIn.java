package io.stagedoor.proxy.authn.session;

import io.stagedoor.proxy.refusal.RefusedException;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads sign-in documents in XML: {@code tsRequest/credentials} with a {@code site} and perhaps a {@code
 * user} in it. No document type is read, so that there are no entities but XML's own.
 */
final class XmlSignIn {

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private final Map<String, String> credentials = new LinkedHashMap<>();
    private String contentUrl = "";
    private boolean namesUser;
    private boolean seenSite;

    private XmlSignIn(XMLStreamReader xml) {
        this.xml = xml;
    }

    static SignInForm read(byte[] body) throws RefusedException {
        try {
            return new XmlSignIn(FACTORY.createXMLStreamReader(new ByteArrayInputStream(body)))
                    .document();
        } catch (XMLStreamException | RuntimeException _) {
            throw SignInForm.malformed();
        }
    }

    private SignInForm document() throws XMLStreamException, RefusedException {
        enter("tsRequest");
        enter("credentials");
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeNamespace(i) != null && !xml.getAttributeNamespace(i).isEmpty()) {
                throw SignInForm.malformed();
            }
            credentials.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        int event = next();
        while (event == XMLStreamConstants.START_ELEMENT) {
            part();
            event = next();
        }
        leave();
        if (next() != XMLStreamConstants.END_DOCUMENT) {
            throw SignInForm.malformed();
        }
        return SignInForm.of(credentials, contentUrl, namesUser);
    }

    /** Reads the site, or that there is a user. */
    private void part() throws XMLStreamException, RefusedException {
        switch (xml.getLocalName()) {
            case "site" -> {
                if (seenSite) {
                    throw SignInForm.malformed();
                }
                seenSite = true;
                String named = xml.getAttributeValue(null, "contentUrl");
                contentUrl = named == null ? "" : named;
            }
            case "user" -> namesUser = true;
            default -> throw SignInForm.malformed();
        }
        leave();
    }

    private void enter(String name) throws XMLStreamException, RefusedException {
        if (next() != XMLStreamConstants.START_ELEMENT || !xml.getLocalName().equals(name)) {
            throw SignInForm.malformed();
        }
    }

    private void leave() throws XMLStreamException, RefusedException {
        if (next() != XMLStreamConstants.END_ELEMENT) {
            throw SignInForm.malformed();
        }
    }

    /** Goes on to the next element's beginning or end; between them there is only white space. */
    private int next() throws XMLStreamException, RefusedException {
        int event = xml.next();
        while (event != XMLStreamConstants.START_ELEMENT
                && event != XMLStreamConstants.END_ELEMENT
                && event != XMLStreamConstants.END_DOCUMENT) {
            boolean empty =
                    event == XMLStreamConstants.SPACE
                            || event == XMLStreamConstants.COMMENT
                            || (event == XMLStreamConstants.CHARACTERS && xml.isWhiteSpace());
            if (!empty) {
                throw SignInForm.malformed();
            }
            event = xml.next();
        }
        return event;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }
}
