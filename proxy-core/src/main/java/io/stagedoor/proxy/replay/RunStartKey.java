package io.stagedoor.proxy.replay;

import io.stagedoor.policy.principal.PrincipalId;

/**
 * What makes two run-starting calls the same call.
 *
 * @param principal who asks
 * @param route the route that the call came by
 * @param target the method and the exact request target
 * @param clientRequestId the client's own id of the call ({@code x-ms-client-request-id})
 */
public record RunStartKey(
        PrincipalId principal, String route, String target, String clientRequestId) {}
