package io.stagedoor.proxy.refresh.site;

/** Learns that something at a site has changed, so that what is remembered of it is out of date. */
public interface ContentChanges {

    /**
     * Learns it; returns at once. Safe for any thread.
     *
     * @param kind what it is, in Tableau's word for it in lower case, such as {@code datasource} or
     *     {@code project}
     * @param luid its id
     */
    void changed(String kind, String luid);
}
