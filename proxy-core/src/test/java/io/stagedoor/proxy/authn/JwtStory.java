package io.stagedoor.proxy.authn;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A section of the table of bad tokens, told in one scene from its first test to its last. */
abstract class JwtStory {

    static JwtScene scene;

    @BeforeAll
    static void start() throws IOException {
        scene = JwtScene.start();
    }

    @AfterAll
    static void stop() throws IOException {
        scene.close();
    }

    @BeforeEach
    void goOn() {
        scene.goOn();
    }
}
