package io.stagedoor.proxy;

import java.util.Optional;

/** The version of the running proxy, as its jar says. */
public final class ProductVersion {

    private ProductVersion() {}

    /** Returns the version, or {@code development} when the classes come from no jar. */
    public static String text() {
        return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
