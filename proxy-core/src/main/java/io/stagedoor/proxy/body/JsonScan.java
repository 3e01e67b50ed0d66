package io.stagedoor.proxy.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteBufferFeeder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds values in a JSON document, of which it keeps no octet but the piece at hand. Confined to the
 * thread of its exchange.
 */
final class JsonScan implements Scan {

    private static final JsonFactory JSON = new JsonFactory();

    private record Place(PointerTree tree, List<String> stars) {}

    private static final class Level {

        private final List<Place> places;
        private final boolean array;
        private int index;
        private String name = "";

        private Level(List<Place> places, boolean array) {
            this.places = places;
            this.array = array;
        }

        private String nextKey() {
            return array ? Integer.toString(index++) : name;
        }
    }

    private final JsonParser parser;
    private final ByteBufferFeeder feeder;
    private final int mostHits;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final List<Hit> hits = new ArrayList<>();
    private final List<Place> start;
    private boolean broken;

    JsonScan(PointerTree tree, int mostHits) {
        this.start = List.of(new Place(tree, List.of()));
        this.mostHits = mostHits;
        try {
            this.parser = JSON.createNonBlockingByteBufferParser();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        this.feeder = (ByteBufferFeeder) parser.getNonBlockingInputFeeder();
    }

    @Override
    public void accept(ByteBuffer piece) {
        if (broken) {
            return;
        }
        try {
            feeder.feedInput(piece.duplicate());
            JsonToken token = parser.nextToken();
            while (token != null && token != JsonToken.NOT_AVAILABLE && !broken) {
                step(token);
                token = parser.nextToken();
            }
        } catch (IOException _) {
            broken = true;
        }
    }

    private void step(JsonToken token) throws IOException {
        switch (token) {
            case FIELD_NAME -> levels.element().name = parser.currentName();
            case START_OBJECT, START_ARRAY ->
                    levels.push(new Level(placesHere(), token == JsonToken.START_ARRAY));
            case END_OBJECT, END_ARRAY -> levels.pop();
            case VALUE_STRING, VALUE_NUMBER_INT -> scalar(parser.getText());
            default -> placesHere();
        }
    }

    private void scalar(String text) {
        for (Place place : placesHere()) {
            place.tree()
                    .pointer()
                    .ifPresent(pointer -> hits.add(new Hit(pointer, place.stars(), text)));
        }
        broken = hits.size() > mostHits;
    }

    /** Returns where in the pointers the value at hand stands, and counts it if in an array. */
    private List<Place> placesHere() {
        Level level = levels.peek();
        if (level == null) {
            return start;
        }
        String key = level.nextKey();
        if (level.places.isEmpty()) {
            return List.of();
        }
        List<Place> here = new ArrayList<>(2);
        for (Place place : level.places) {
            addUnlessEmpty(here, place.tree().below(key), place.stars());
            PointerTree any = place.tree().below(Pointer.ANY);
            if (!any.isEmpty()) {
                List<String> stars = new ArrayList<>(place.stars());
                stars.add(key);
                here.add(new Place(any, stars));
            }
        }
        return here;
    }

    private static void addUnlessEmpty(List<Place> here, PointerTree tree, List<String> stars) {
        if (!tree.isEmpty()) {
            here.add(new Place(tree, stars));
        }
    }

    @Override
    public List<Hit> hits() {
        return hits.size() > mostHits ? hits.subList(0, mostHits) : hits;
    }

    @Override
    public boolean isBroken() {
        return broken;
    }
}
