package io.stagedoor.proxy.authn;

import java.util.Optional;

/**
 * The client application that a token was issued to.
 *
 * @param application its application id ({@code azp}, {@code appid}), GUIDs in lower case
 * @param authentication how it proved who it is, if the token says so
 */
public record Client(Optional<String> application, Optional<ClientAuthentication> authentication) {}
