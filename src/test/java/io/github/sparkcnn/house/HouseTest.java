package io.github.sparkcnn.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built classes keep the rules of the house. */
class HouseTest {

    private static final JavaClasses BUILT = House.built();

    static Stream<ArchRule> rules() {
        return House.rules();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void keeps(ArchRule rule) {
        rule.allowEmptyShould(true).check(BUILT);
    }
}
