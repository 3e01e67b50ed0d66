package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.cli.login.LoginFailedException;
import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import io.stagedoor.proxy.cli.profile.UnusableStoreException;
import java.io.IOException;

/**
 * Something done with a person's log-in, and what its failures answer to the shell: 1 when there is no
 * log-in, 2 when arguments or files are wrong, 3 when the issuer cannot be asked.
 */
interface PersonalTask<T> {
    T run() throws IOException, InterruptedException, LoginFailedException, IssuerRefusedException;

    static <T> T done(PersonalTask<T> task) throws InterruptedException {
        try {
            return task.run();
        } catch (LoginFailedException e) {
            throw new CommandFailedException(ExitCodes.FINDING, e.sentence());
        } catch (IssuerRefusedException e) {
            throw new CommandFailedException(ExitCodes.FINDING, e.sentence());
        } catch (UnusableStoreException e) {
            throw new CommandFailedException(ExitCodes.USAGE, e.sentence());
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailedException(ExitCodes.UNREACHABLE, String.valueOf(e.getMessage()));
        }
    }
}
