package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a {@code tsRequest} strictly: what another reader could see otherwise is refused.
 *
 * <p>The pointer {@code /workbook/project/id} is the attribute {@code id} of the element {@code
 * project} in {@code workbook}. Refused are document types and with them all entities but the five
 * that XML has itself, processing instructions, XML 1.1, declared encodings other than UTF-8, foreign
 * namespaces, an element on the way to a field that stands twice, and a field that is an element
 * where an attribute is read, or the other way round. For one document, on one thread.
 */
final class XmlFields {

    private static final String ROOT = "tsRequest";
    private static final Set<String> NAMESPACES = Set.of("", "http://tableau.com/api");
    private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    /** An element that is open: what is wanted below it, and what has been seen there. */
    private record Level(PointerTree wanted, Set<String> seen) {}

    private final Deque<Level> levels = new ArrayDeque<>();
    private final Map<String, ScopeValue> values = new HashMap<>();
    private final PointerTree wanted;

    private XmlFields(Set<String> pointers) {
        this.wanted = PointerTree.of(pointers);
        pointers.forEach(pointer -> values.put(pointer, ScopeValue.absent()));
    }

    /**
     * Reads the values at some pointers.
     *
     * @return a value for each pointer
     * @throws RefusedException {@code bad_request}
     */
    static Map<String, ScopeValue> read(byte[] body, Set<String> pointers) throws RefusedException {
        XmlFields fields = new XmlFields(pointers);
        String text = StrictText.utf8(body);
        if (text.contains("<!DOCTYPE")) {
            throw StrictText.bad("the body has a document type, which no request has");
        }
        try {
            XMLStreamReader reader = SafeXml.reader(text);
            fields.checkDeclaration(reader);
            while (reader.hasNext()) {
                fields.event(reader.next(), reader);
            }
            reader.close();
        } catch (XMLStreamException _) {
            throw StrictText.bad("the body is not XML");
        }
        return Map.copyOf(fields.values);
    }

    private void checkDeclaration(XMLStreamReader reader) throws RefusedException {
        String encoding = reader.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("utf-8")) {
            throw StrictText.bad("the body declares an encoding other than UTF-8");
        }
        String version = reader.getVersion();
        if (version != null && !version.equals("1.0")) {
            throw StrictText.bad("the body is not XML 1.0");
        }
    }

    private void event(int event, XMLStreamReader reader) throws RefusedException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> levels.pop();
            case XMLStreamConstants.CHARACTERS,
                    XMLStreamConstants.CDATA,
                    XMLStreamConstants.SPACE,
                    XMLStreamConstants.COMMENT,
                    XMLStreamConstants.END_DOCUMENT -> {
                // no field stands there
            }
            default -> throw StrictText.bad("the body has XML that no request has");
        }
    }

    private void start(XMLStreamReader reader) throws RefusedException {
        String name = reader.getLocalName();
        checkNamespace(reader.getNamespaceURI());
        if (levels.size() >= StrictText.DEEPEST) {
            throw StrictText.bad("the body is nested too deeply");
        }
        PointerTree here = levels.isEmpty() ? document(name) : child(name);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (!SCHEMA_INSTANCE.equals(reader.getAttributeNamespace(i))) {
                checkNamespace(reader.getAttributeNamespace(i));
                attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i), here);
            }
        }
        levels.push(new Level(here, new HashSet<>()));
    }

    private PointerTree document(String name) throws RefusedException {
        if (!name.equals(ROOT)) {
            throw StrictText.bad("the body is not a `" + ROOT + "`");
        }
        return wanted;
    }

    private PointerTree child(String name) throws RefusedException {
        Level parent = levels.element();
        StrictText.refuseOtherCase(name, parent.wanted());
        PointerTree here = parent.wanted().below(name);
        if (here.pointer().isPresent()) {
            throw StrictText.bad("`" + name + "` is an element of the body, not an attribute");
        }
        if (!here.isEmpty() && !parent.seen().add(name)) {
            throw StrictText.bad("the body gives `" + name + "` twice");
        }
        return here;
    }

    private void attribute(String name, String value, PointerTree element) throws RefusedException {
        StrictText.refuseOtherCase(name, element);
        PointerTree here = element.below(name);
        if (here.pointer().isPresent()) {
            values.put(here.pointer().get(), ScopeValue.text(value));
        } else if (!here.isEmpty()) {
            throw StrictText.bad("`" + name + "` is an attribute of the body, not an element");
        }
    }

    private static void checkNamespace(@Nullable String namespace) throws RefusedException {
        if (namespace != null && !NAMESPACES.contains(namespace)) {
            throw StrictText.bad("the body has names of another namespace");
        }
    }
}
