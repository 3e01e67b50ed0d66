package io.stagedoor.proxy.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathShapeTest {

    @ParameterizedTest
    @CsvSource({
        "/pipelines/daily/explode, /pipelines/daily/explode",
        "/Pipelines/Daily_2/Explode?api-version=1, /pipelines/{id}/explode",
        "/pipelineruns/8b35ed2c-152b-11ec-9ae6-b07b25181c2a, /pipelineruns/{id}",
        "/livyApi/versions/2019-11-01-preview/x, /livyapi/versions/{id}/x",
        "/batches/17, /batches/{id}",
        "/api/3.27/sites/ABC9/things, /api/3.27/sites/{id}/things",
        "/api/v1/-/tags:batchCreate, /api/v1/-/tags:batchcreate",
        "/api/1234.1/x, /api/{id}/x",
        "/users/ada@contoso.com, /users/{id}",
        "/x/%41da, /x/{id}",
        "/x/a b/é, /x/{id}/{id}",
        "/x/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, /x/{id}",
        "/, /",
        "'', ''",
    })
    void keepsWordsAndVersionsAndMasksAllElse(String path, String shape) {
        assertThat(PathShape.of(path)).isEqualTo(shape);
    }
}
