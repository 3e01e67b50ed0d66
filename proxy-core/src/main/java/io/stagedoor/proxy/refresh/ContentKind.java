package io.stagedoor.proxy.refresh;

/** What Tableau content can be refreshed. */
public enum ContentKind {
    /** A published data source. */
    DATASOURCE("datasources", "datasource"),
    /** A workbook. */
    WORKBOOK("workbooks", "workbook"),
    /** A flow. */
    FLOW("flows", "flow");

    private final String segment;
    private final String word;

    ContentKind(String segment, String word) {
        this.segment = segment;
        this.word = word;
    }

    /** Returns the segment under which it stands in paths of the REST API. */
    public String segment() {
        return segment;
    }

    /** Returns what Tableau calls one of them in documents. */
    public String word() {
        return word;
    }
}
