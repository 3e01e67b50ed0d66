package io.stagedoor.proxy.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams of one event loop, as a linked list of entries. Confined to that loop. */
final class StreamList {

    /** A stream in its list. */
    static final class Entry {

        private final OpenStream stream;
        private final StreamList list;
        private @Nullable Entry before;
        private @Nullable Entry after;
        private boolean ended;

        private Entry(OpenStream stream, StreamList list) {
            this.stream = stream;
            this.list = list;
        }

        OpenStream stream() {
            return stream;
        }

        boolean isEnded() {
            return ended;
        }

        /** Takes the stream off its list; doing it again does nothing. */
        void end() {
            if (!ended) {
                ended = true;
                list.remove(this);
            }
        }
    }

    private @Nullable Entry first;

    Entry add(OpenStream stream) {
        Entry entry = new Entry(stream, this);
        Entry old = first;
        entry.after = old;
        if (old != null) {
            old.before = entry;
        }
        first = entry;
        return entry;
    }

    private void remove(Entry entry) {
        Entry before = entry.before;
        Entry after = entry.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after != null) {
            after.before = before;
        }
    }

    /** Returns the entries of this moment. */
    List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        for (Entry entry = first; entry != null; entry = entry.after) {
            all.add(entry);
        }
        return all;
    }
}
