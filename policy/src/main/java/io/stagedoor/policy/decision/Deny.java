package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.PrincipalId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A refusal by policy, with what would have to be otherwise. */
public sealed interface Deny extends Decision {

    /**
     * The principal lacks a right.
     *
     * @param principal who was denied
     * @param operation the name of the operation
     * @param missing the requirements that no assignment gives, at least one
     * @param minimalGrants the smallest assignments that would flip this decision, the one with the
     *     least power beyond what is missing first; empty if no known role gives what is missing
     */
    record MissingPermission(
            PrincipalId principal,
            String operation,
            List<BoundRequirement> missing,
            List<MinimalGrant> minimalGrants)
            implements Deny {

        /** Copies the lists. */
        public MissingPermission {
            missing = List.copyOf(missing);
            minimalGrants = List.copyOf(minimalGrants);
        }

        @Override
        public String code() {
            return "not_permitted";
        }

        @Override
        public String explanation() {
            return Wording.missing(principal, operation, missing) + Wording.grants(minimalGrants);
        }
    }

    /**
     * A guardrail applies and does not allow the operation, whatever roles the principal holds.
     *
     * @param guardrail the name of the guardrail
     * @param explanation what it allows, in sentences
     */
    record OutsideGuardrail(String guardrail, String explanation) implements Deny {
        @Override
        public String code() {
            return "guardrail";
        }
    }

    /**
     * The operation is documented, but no known action covers it, so nobody may do it.
     *
     * @param operation the name of the operation
     */
    record UnmappedOperation(String operation) implements Deny {
        @Override
        public String code() {
            return "unmapped_operation";
        }

        @Override
        public String explanation() {
            return "The operation "
                    + operation
                    + " is not covered by any known action, so it is refused for everybody.";
        }
    }

    /**
     * The groups of the principal are unknown, and what is known does not allow the operation.
     *
     * <p>This is no verdict: with its groups known the principal might be permitted. The caller
     * should be asked to try again, not to ask for a role.
     *
     * @param principal who could not be decided about
     * @param operation the name of the operation
     * @param missing the requirements that direct assignments do not give; empty if only a guardrail
     *     for members of a group stands in the way
     */
    record GroupsUnknown(PrincipalId principal, String operation, List<BoundRequirement> missing)
            implements Deny {

        /** Copies the list. */
        public GroupsUnknown {
            missing = List.copyOf(missing);
        }

        @Override
        public String code() {
            return "groups_unknown";
        }

        @Override
        public String explanation() {
            String undecided =
                    "The groups of the principal `"
                            + principal.objectId()
                            + "` are not known at present, so "
                            + operation
                            + " cannot be decided. Try again.";
            return missing.isEmpty()
                    ? undecided
                    : undecided
                            + " Without groups: "
                            + Wording.missing(principal, operation, missing);
        }
    }

    /**
     * The snapshot of assignments is older than it may be, so nothing is decided on it.
     *
     * @param age how old the snapshot is
     * @param maxAge how old it may be
     */
    record StaleSnapshot(Duration age, Duration maxAge) implements Deny {
        @Override
        public String code() {
            return "stale_snapshot";
        }

        @Override
        public String explanation() {
            return "The role assignments were last read "
                    + age.toSeconds()
                    + " seconds ago and may be "
                    + maxAge.toSeconds()
                    + " seconds old at most, so nothing is decided on them. Try again.";
        }
    }

    /**
     * What somebody would do on behalf of another is denied to one of them, or to several.
     *
     * @param subject on whose behalf it would be done
     * @param parties those who are denied, the subject first if it is among them; at least one
     */
    record OnBehalf(PrincipalId subject, List<Party> parties) implements Deny {

        /**
         * One who is denied.
         *
         * @param principal who it is
         * @param isSubject whether it is the one on whose behalf it would be done
         * @param denial why it is denied
         */
        public record Party(PrincipalId principal, boolean isSubject, Deny denial) {

            static Party subject(PrincipalId principal, Deny denial) {
                return new Party(principal, true, denial);
            }

            static Party actor(PrincipalId principal, Deny denial) {
                return new Party(principal, false, denial);
            }

            private String sentence() {
                String who =
                        isSubject
                                ? "The principal on whose behalf it is done lacks a right: "
                                : "The agent that acts lacks a right of its own: ";
                return who + denial.explanation();
            }
        }

        /**
         * Copies the parties.
         *
         * @throws IllegalArgumentException if nobody is denied
         */
        public OnBehalf {
            parties = List.copyOf(parties);
            if (parties.isEmpty()) {
                throw new IllegalArgumentException("nobody is denied");
            }
        }

        /** Returns what is true of the operation or the snapshot whoever asks as it is, without parties. */
        static Deny of(PrincipalId subject, List<Party> parties) {
            Deny first = parties.getFirst().denial();
            return switch (first) {
                case UnmappedOperation _, StaleSnapshot _ -> first;
                case MissingPermission _, OutsideGuardrail _, GroupsUnknown _, OnBehalf _ ->
                        new OnBehalf(subject, parties);
            };
        }

        /** Returns the denial that counts: the first that knowing more groups would not change. */
        public Party decisive() {
            return parties.stream()
                    .filter(party -> !(party.denial() instanceof GroupsUnknown))
                    .findFirst()
                    .orElseGet(parties::getFirst);
        }

        @Override
        public String code() {
            return decisive().denial().code();
        }

        @Override
        public String explanation() {
            return parties.stream().map(Party::sentence).collect(Collectors.joining(" "));
        }
    }
}
