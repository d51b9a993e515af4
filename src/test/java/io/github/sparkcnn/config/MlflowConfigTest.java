package io.github.sparkcnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowConfigTest {

    @Test
    void nothingIsTrackedUnlessTheKeySaysWhere() {
        assertThat(ConfigurationReader.defaults().tracking().mlflow()).isEmpty();
        assertThat(read("tracking.mlflow.experiment=other").tracking().mlflow()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5000",
                "https://tracking.example.org/mlflow/",
                "HTTP://[::1]:5000",
                "file:mlruns",
                "file:/srv/mlruns",
                "file:///srv/mlruns",
                "file://localhost/srv/mlruns"
            })
    void serversAndFoldersAreTaken(String uri) {
        MlflowConfig config = mlflow(uri);

        assertThat(config.uri()).hasToString(uri);
        assertThat(config.isFolder()).isEqualTo(uri.startsWith("file"));
        assertThat(config.experiment()).isEqualTo("sparkcnn");
        assertThat(config.runName()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mlruns | is mlruns, which has no scheme",
                "./mlruns | is ./mlruns, which has no scheme",
                "/srv/mlruns | is /srv/mlruns, which has no scheme",
                "localhost:5000 | has the scheme localhost",
                "sqlite:///mlflow.db | has the scheme sqlite",
                "databricks://x | has the scheme databricks",
                "ftp://host/x | has the scheme ftp",
                "http:// | is http://, which is no URI (Expected authority)",
                "http:///x | is http:///x, which names no host",
                "http:5000 | is http:5000, which names no host",
                "http://my host:5000 | is http://my host:5000, which is no URI (Illegal character in authority)",
                "http://host:99x | is http://host:99x, which names no host",
                "http://host?token=secret | has a query or a fragment behind its path",
                "http://host#x | has a query or a fragment behind its path",
                "http://ann:se cret@host | is no URI",
                "file: | is file:, which is no URI (Expected scheme-specific part)",
                "file://other/srv | is file://other/srv, a folder of another machine",
            })
    void othersAreRefused(String uri, String reason) {
        assertThatThrownBy(() -> mlflow(uri))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use the configuration: tracking.mlflow.uri " + reason)
                .hasMessageEndingWith(". Set it to http://HOST:PORT, https://HOST or file:FOLDER.")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("se cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ann:secret@host:5000", "http://secret@host", "http://a:secret@ho_st"})
    void aPasswordInItIsRefusedAndNotRepeated(String uri) {
        assertThatThrownBy(() -> mlflow(uri))
                .hasMessage(
                        "Cannot use the configuration: tracking.mlflow.uri has a user or a password in it. Give them by the"
                                + " environment, as MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.");
    }

    private static MlflowConfig mlflow(String uri) {
        return read("tracking.mlflow.uri=" + uri).tracking().mlflow().orElseThrow();
    }

    private static Configuration read(String setting) {
        return ConfigurationReader.read("test", "", List.of(setting));
    }
}
