package io.stagedoor.planted.policy;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Policy must not know a JSON library. */
public record PolicyThatReadsFiles(ObjectMapper mapper) {}
