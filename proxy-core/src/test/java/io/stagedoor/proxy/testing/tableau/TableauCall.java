package io.stagedoor.proxy.testing.tableau;

import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;

/** What a site does with a call that bears a good session. */
@FunctionalInterface
public interface TableauCall {

    /**
     * Answers the call.
     *
     * @throws TableauRefusal to have it refused in Tableau's form
     */
    Answer answer(TableauCaller caller, SeenRequest request) throws TableauRefusal;
}
