package io.stagedoor.proxy.body;

/** Is told of answers that are withheld, since a link in them leads round the proxy. */
@FunctionalInterface
public interface ForeignLinks {

    /** One that nobody listens to. */
    ForeignLinks IGNORED = _ -> {};

    /**
     * Says where such a link stood.
     *
     * @param place one of few names: that of a header field in lower case, {@code nextLink}, or
     *     {@code body} if the body could not be read
     */
    void seen(String place);
}
