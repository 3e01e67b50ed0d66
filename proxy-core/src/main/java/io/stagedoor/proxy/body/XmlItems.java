package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.ListFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the elements of a list that may not be seen: those whose scope is not named by one attribute at
 * the one place for it, too. Namespaces are left aside. For one document.
 */
final class XmlItems {

    /** An item that is open, and the name of its scope as far as it was found. */
    private static final class Item {

        private final int start;
        private final ElementWalk walk;
        private int places;
        private Optional<String> name = Optional.empty();

        Item(int start, ElementWalk walk) {
            this.start = start;
            this.walk = walk;
        }

        Optional<String> name() {
            return places == 1 ? name : Optional.empty();
        }
    }

    private final String text;
    private final Predicate<String> visible;
    private final XmlTags tags;
    private final ElementWalk walk;
    private final List<String> namePath;
    private final String attribute;
    private final boolean listIsRoot;
    private final ListCuts cuts = new ListCuts();
    private Optional<Item> item = Optional.empty();
    private boolean listSeen;

    XmlItems(String text, ListFilter filter, Predicate<String> visible) {
        List<String> path = filter.path();
        List<String> name = filter.namePath();
        this.text = text;
        this.visible = visible;
        this.tags = new XmlTags(text);
        this.walk = new ElementWalk(path);
        this.namePath = name.subList(0, name.size() - 1);
        this.attribute = name.getLast();
        this.listIsRoot = path.size() == 1;
    }

    /**
     * Reads the document.
     *
     * @throws XMLStreamException if it is no XML, is declared to be in another encoding than UTF-8, is
     *     nested too deeply, or has no such list
     */
    ListCuts hidden() throws XMLStreamException {
        XMLStreamReader reader = SafeXml.reader(text);
        String declared = reader.getCharacterEncodingScheme();
        require(declared == null || declared.equalsIgnoreCase("utf-8"));
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open(reader);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                close(reader);
            }
        }
        require(listSeen || listIsRoot);
        return cuts;
    }

    private void open(XMLStreamReader reader) throws XMLStreamException {
        int start = tags.open(qualifiedName(reader));
        boolean isItem = walk.enter(reader.getLocalName());
        require(walk.depth() <= StrictText.DEEPEST);
        listSeen |= walk.matched() > 0;
        if (isItem) {
            item = Optional.of(new Item(start, new ElementWalk(namePath)));
        }
        item.ifPresent(open -> look(open, reader));
    }

    private void look(Item open, XMLStreamReader reader) {
        if (open.walk.enter(reader.getLocalName())) {
            open.places++;
            open.name = attributeOf(reader);
        }
    }

    private Optional<String> attributeOf(XMLStreamReader reader) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            boolean isPlain = isEmpty(reader.getAttributePrefix(i));
            if (isPlain && reader.getAttributeLocalName(i).equals(attribute)) {
                return Optional.of(reader.getAttributeValue(i));
            }
        }
        return Optional.empty();
    }

    private void close(XMLStreamReader reader) throws XMLStreamException {
        int end = tags.close(qualifiedName(reader));
        walk.leave();
        if (item.isEmpty()) {
            return;
        }
        Item open = item.get();
        open.walk.leave();
        if (open.walk.depth() == 0) {
            finish(open, end);
            item = Optional.empty();
        }
    }

    private void finish(Item whole, int end) {
        if (whole.name().filter(visible).isEmpty()) {
            cuts.cut(whole.start, end);
            cuts.count();
        }
    }

    private static String qualifiedName(XMLStreamReader reader) {
        String prefix = reader.getPrefix();
        return isEmpty(prefix) ? reader.getLocalName() : prefix + ":" + reader.getLocalName();
    }

    private static boolean isEmpty(@Nullable String prefix) {
        return prefix == null || prefix.isEmpty();
    }

    private static void require(boolean asExpected) throws XMLStreamException {
        if (!asExpected) {
            throw new XMLStreamException("no such list");
        }
    }
}
