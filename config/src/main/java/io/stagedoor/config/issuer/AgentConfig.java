package io.stagedoor.config.issuer;

/**
 * A client application that is an agent: on behalf of a user it may do what both may.
 *
 * @param clientApplication its application id, a GUID in lower case
 * @param principal the object id, in the issuer's tenant, of the principal that it is
 */
public record AgentConfig(String clientApplication, String principal) {}
