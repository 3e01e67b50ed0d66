package io.stagedoor.proxy.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Finds values in an XML document, by the pointers that find them in the JSON form of the same answer:
 * below the outermost element, which has no name in a pointer, {@code /job/id} is an attribute, and
 * the star in {@code /jobs/job/}*{@code /id} stands for each of several {@code job} elements.
 *
 * <p>The reader of the platform cannot be fed in pieces, so the document is kept, up to the bound that
 * whoever feeds it has, and read when it is asked for. Namespaces are left aside. Confined to the
 * thread of its exchange.
 */
final class XmlScan implements Scan {

    private record Place(PointerTree tree, List<String> stars) {}

    /** An element that is open, with how often each name stood below it so far. */
    private record Level(List<Place> places, Map<String, Integer> counts) {}

    private final PointerTree tree;
    private final int mostHits;
    private final ByteArrayOutputStream document = new ByteArrayOutputStream(1024);
    private final Deque<Level> levels = new ArrayDeque<>();
    private final List<Hit> hits = new ArrayList<>();
    private boolean broken;

    XmlScan(PointerTree tree, int mostHits) {
        this.tree = tree;
        this.mostHits = mostHits;
    }

    @Override
    public void accept(ByteBuffer piece) {
        byte[] copy = new byte[piece.remaining()];
        piece.duplicate().get(copy);
        document.writeBytes(copy);
    }

    @Override
    public List<Hit> hits() {
        if (document.size() > 0) {
            String text = document.toString(StandardCharsets.UTF_8);
            document.reset();
            scan(text);
        }
        return hits;
    }

    private void scan(String text) {
        try {
            XMLStreamReader reader = SafeXml.reader(text);
            while (reader.hasNext() && !broken) {
                step(reader.next(), reader);
            }
            reader.close();
        } catch (XMLStreamException _) {
            broken = true;
        }
    }

    private void step(int event, XMLStreamReader reader) {
        if (event == XMLStreamConstants.START_ELEMENT) {
            List<Place> places = levels.isEmpty() ? start() : below(reader.getLocalName());
            levels.push(new Level(places, new HashMap<>()));
            places.forEach(place -> attributes(place, reader));
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            levels.pop();
        }
    }

    private List<Place> start() {
        return List.of(new Place(tree, List.of()));
    }

    private List<Place> below(String name) {
        Level level = levels.element();
        if (level.places().isEmpty()) {
            return List.of();
        }
        int index = level.counts().merge(name, 1, Integer::sum) - 1;
        List<Place> here = new ArrayList<>(2);
        for (Place place : level.places()) {
            PointerTree named = place.tree().below(name);
            PointerTree each = named.below(Pointer.ANY);
            if (!named.isEmpty()) {
                here.add(new Place(named, place.stars()));
            }
            if (!each.isEmpty()) {
                List<String> stars = new ArrayList<>(place.stars());
                stars.add(Integer.toString(index));
                here.add(new Place(each, stars));
            }
        }
        return here;
    }

    private void attributes(Place place, XMLStreamReader reader) {
        for (int i = 0; i < reader.getAttributeCount() && !broken; i++) {
            String value = reader.getAttributeValue(i);
            place.tree()
                    .below(reader.getAttributeLocalName(i))
                    .pointer()
                    .ifPresent(pointer -> add(new Hit(pointer, place.stars(), value)));
        }
    }

    private void add(Hit hit) {
        broken = hits.size() >= mostHits;
        if (!broken) {
            hits.add(hit);
        }
    }

    @Override
    public boolean isBroken() {
        return broken;
    }
}
