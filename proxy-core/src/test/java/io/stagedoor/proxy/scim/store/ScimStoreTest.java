package io.stagedoor.proxy.scim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScimStoreTest {

    @TempDir Path folder;

    @Test
    void holdsWhatWasChangedAfterItWasKilled() throws Exception {
        try (ScimStore store = ScimStore.open(folder.resolve("a"))) {
            change(store, user("u1", "alice"), group("g1", "team"), joined("g1", "u1"));
            change(store, new Change.Members("g1", Set.of(), Set.of("u1")));
            change(store, joined("g1", "u1"));
            Files.createDirectories(folder.resolve("b"));
            Files.copy(journal("a"), journal("b"));

            try (ScimStore left = ScimStore.open(folder.resolve("b"))) {
                assertThat(left.<Object>read(state -> List.copyOf(state.groupsOf("u1"))))
                        .isEqualTo(List.of("g1"));
                assertThat(left.<Object>read(state -> state.named(Kind.USER, "ALICE")))
                        .isEqualTo(Optional.of("u1"));
            }
        }
    }

    @Test
    void cutsALineOffThatACrashLeftUnfinished() throws Exception {
        try (ScimStore store = ScimStore.open(folder)) {
            change(store, user("u1", "alice"));
        }
        Files.writeString(
                folder.resolve("scim.jsonl"), "[{\"put\":\"US", StandardOpenOption.APPEND);

        try (ScimStore store = ScimStore.open(folder)) {
            assertThat(store.<Integer>read(ScimState::size)).isOne();
            change(store, user("u2", "bob"));
        }

        try (ScimStore store = ScimStore.open(folder)) {
            assertThat(store.<Integer>read(ScimState::size)).isEqualTo(2);
        }
    }

    @Test
    void doesNotStartWithALineThatIsBroken() throws Exception {
        Files.writeString(folder.resolve("scim.jsonl"), "[]\n{broken\n[]\n");

        assertThatThrownBy(() -> ScimStore.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void isUsedByOneAtATime() throws Exception {
        try (ScimStore _ = ScimStore.open(folder)) {
            assertThatThrownBy(() -> ScimStore.open(folder)).hasMessageContaining("in use");
        }
        ScimStore.open(folder).close();
    }

    @Test
    void changesNothingThatCannotBeBroughtToDisk() {
        ScimStore store = new ScimStore(new ScimState(), new FullDisk());

        assertThatThrownBy(() -> change(store, user("u1", "alice")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");

        assertThat(store.<Integer>read(ScimState::size)).isZero();
        assertThat(store.version()).isZero();
    }

    @Test
    void rewritesItsJournalWithoutLosingAnything() throws Exception {
        Path place = folder.resolve("scim.jsonl");
        ScimState state = new ScimState();
        try (ChangeJournal journal = ChangeJournal.open(folder, state)) {
            List<Change> changes =
                    List.of(
                            user("u1", "alice"),
                            user("u2", "bob"),
                            group("g1", "team"),
                            joined("g1", "u1"),
                            joined("g1", "u2"),
                            new Change.Delete("u2"));
            journal.append(Change.line(changes));
            state.apply(changes);
            long before = Files.size(place);

            journal.rewrite(state.all());

            assertThat(Files.size(place)).isLessThan(before);
            journal.append(Change.line(List.of(user("u3", "carol"))));
        }
        try (ScimStore store = ScimStore.open(folder)) {
            assertThat(store.<Object>read(it -> it.ids(Kind.USER))).isEqualTo(List.of("u1", "u3"));
            assertThat(store.<Object>read(it -> Set.copyOf(it.membersOf("g1"))))
                    .isEqualTo(Set.of("u1"));
        }
    }

    private Path journal(String name) {
        return folder.resolve(name).resolve("scim.jsonl");
    }

    private static void change(ScimStore store, Change... changes) throws IOException {
        store.<IOException>change(_ -> List.of(changes));
    }

    private static Change user(String id, String name) {
        return new Change.Put(Kind.USER, id, attribute("userName", name));
    }

    private static Change group(String id, String name) {
        return new Change.Put(Kind.GROUP, id, attribute("displayName", name));
    }

    private static Change joined(String group, String member) {
        return new Change.Members(group, Set.of(member), Set.of());
    }

    private static ObjectNode attribute(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    /** A disk on which nothing fits. */
    private static final class FullDisk implements ScimStore.Log {
        @Override
        public void append(String line) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void tidy(ScimState state) {}

        @Override
        public void close() {}
    }
}
