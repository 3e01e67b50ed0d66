package io.stagedoor.proxy.admin;

/** Takes down what is done at the operators' port. Safe for any thread. */
public interface AdminTrail {

    /**
     * Records a use before it has an effect.
     *
     * @param durably whether to wait until the record is on disk
     * @throws AdminRefusal if it cannot be recorded: then it must not be done
     */
    void record(AdminUse use, boolean durably) throws AdminRefusal;
}
