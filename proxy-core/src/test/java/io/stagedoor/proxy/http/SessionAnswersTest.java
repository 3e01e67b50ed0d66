package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SessionAnswersTest {

    private static final IdentityFields IDENTITY =
            new IdentityFields("tenant/ann", Optional.empty(), "decision-1");
    private static final SessionAnswers.Place PLACE =
            new SessionAnswers.Place("site-luid", "a<b&\"c\"", "user-luid");
    private static final Duration LEFT = Duration.ofHours(30).plusMinutes(5).plusSeconds(7);

    @Test
    void tellsOfASignInInXml() throws Exception {
        Answer answer = new SessionAnswers(false, IDENTITY).signedIn("opaque", PLACE, LEFT);

        Element credentials = (Element) document(answer).getDocumentElement().getFirstChild();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(credentials.getNamespaceURI()).isEqualTo("http://tableau.com/api");
        assertThat(credentials.getAttribute("token")).isEqualTo("opaque");
        assertThat(credentials.getAttribute("estimatedTimeToExpiration")).isEqualTo("30:05:07");
        assertThat(child(credentials, "site").getAttribute("id")).isEqualTo("site-luid");
        assertThat(child(credentials, "site").getAttribute("contentUrl")).isEqualTo("a<b&\"c\"");
        assertThat(child(credentials, "user").getAttribute("id")).isEqualTo("user-luid");
    }

    @Test
    void tellsOfASignInInJson() throws Exception {
        Answer answer = new SessionAnswers(true, IDENTITY).signedIn("opaque", PLACE, LEFT);

        JsonNode credentials = new ObjectMapper().readTree(answer.body()).path("credentials");
        assertThat(credentials.path("token").asText()).isEqualTo("opaque");
        assertThat(credentials.path("estimatedTimeToExpiration").asText()).isEqualTo("30:05:07");
        assertThat(credentials.at("/site/id").asText()).isEqualTo("site-luid");
        assertThat(credentials.at("/site/contentUrl").asText()).isEqualTo("a<b&\"c\"");
        assertThat(credentials.at("/user/id").asText()).isEqualTo("user-luid");
    }

    @Test
    void keepsWhatItTellsOutOfCaches() {
        Answer answer = new SessionAnswers(true, IDENTITY).signedIn("opaque", PLACE, LEFT);

        assertThat(answer.fields().all("cache-control")).containsExactly("no-store");
    }

    @Test
    void tellsOfASignOutWithoutABody() {
        Answer answer = new SessionAnswers(false, IDENTITY).signedOut();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.fields().has("content-length")).isFalse();
    }

    private static Element child(Element parent, String name) {
        return (Element) parent.getElementsByTagNameNS("http://tableau.com/api", name).item(0);
    }

    private static Document document(Answer answer) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.octets()));
    }
}
