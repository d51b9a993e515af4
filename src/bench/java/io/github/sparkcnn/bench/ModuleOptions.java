package io.github.sparkcnn.bench;

import org.apache.spark.launcher.JavaModuleOptions;

/** Prints the JVM options that Spark's launcher adds on Java 17, for a benchmark that is run without it. */
final class ModuleOptions {

    private ModuleOptions() {}

    public static void main(String[] args) {
        System.out.println(JavaModuleOptions.defaultModuleOptions());
    }
}
