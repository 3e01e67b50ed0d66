package io.stagedoor.proxy.fuzz;

/** What must hold for every input; cheaper than an assertion library, which runs millions of times. */
final class Law {

    private Law() {}

    static void holds(boolean so, String law) {
        if (!so) {
            throw new AssertionError(law);
        }
    }
}
